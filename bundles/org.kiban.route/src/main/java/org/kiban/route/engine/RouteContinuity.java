package org.kiban.route.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kiban.core.Continuity;
import org.kiban.core.MunicipalityCode;
import org.kiban.route.api.RouteState;
import org.kiban.route.api.RouteView;
import org.kiban.route.api.Routes;

/**
 * The routes of one municipality that run, with their versions.
 *
 * @param code whose they are
 * @param routes lists them
 */
record RouteContinuity(MunicipalityCode code, Routes routes) implements Continuity {

  @Override
  public String name() {
    return "routes " + code;
  }

  @Override
  public SortedMap<String, String> facts() {
    return routes.list().stream()
        .filter(r -> r.state() == RouteState.RUNNING)
        .collect(Collectors.toMap(RouteView::name, RouteView::version, (a, b) -> b, TreeMap::new));
  }

  @Override
  public List<String> missing(SortedMap<String, String> before) {
    Map<String, RouteView> here =
        routes.list().stream().collect(Collectors.toMap(RouteView::name, r -> r, (a, b) -> b));
    List<String> missing = new ArrayList<>();
    before.forEach(
        (name, version) -> {
          RouteView route = here.get(name);
          if (route == null || route.state() != RouteState.RUNNING) {
            String state = route == null ? "not there" : route.state().name();
            missing.add("route %s/%s: %s %s".formatted(code, name, state, lastError(route)));
          }
        });
    return missing;
  }

  private static String lastError(RouteView route) {
    return route == null ? "" : route.lastError();
  }
}
