package org.kiban.addon.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.kiban.route.api.RouteView;
import org.kiban.route.api.Routes;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Finds the routes that use a Camel component which an add-on brings as a service. */
final class TouchedRoutes {

  private static final String COMPONENT = "org.apache.camel.Component";

  private final BundleContext context;
  private final Supplier<? extends Collection<Map.Entry<Map<String, Object>, Routes>>> routes;

  TouchedRoutes(
      BundleContext context,
      Supplier<? extends Collection<Map.Entry<Map<String, Object>, Routes>>> routes) {
    this.context = context;
    this.routes = routes;
  }

  /** The routes as {@code <code>/<name>}. */
  List<String> of(Set<String> locations) {
    Set<String> schemes = new TreeSet<>();
    for (String location : locations) {
      Bundle bundle = context.getBundle(location);
      if (bundle != null && bundle.getRegisteredServices() != null) {
        Arrays.stream(bundle.getRegisteredServices()).forEach(s -> addScheme(s, schemes));
      }
    }
    List<String> touched = new ArrayList<>();
    if (!schemes.isEmpty()) {
      routes.get().forEach(e -> touched.addAll(using(e, schemes)));
    }
    return touched;
  }

  private static void addScheme(ServiceReference<?> service, Set<String> schemes) {
    String[] types = (String[]) service.getProperty(Constants.OBJECTCLASS);
    Object scheme = service.getProperty("component");
    if (Arrays.asList(types).contains(COMPONENT) && scheme != null) {
      schemes.add(scheme.toString());
    }
  }

  private static List<String> using(
      Map.Entry<Map<String, Object>, Routes> municipality, Set<String> schemes) {
    return municipality.getValue().list().stream()
        .filter(r -> r.components().stream().anyMatch(schemes::contains))
        .map(RouteView::name)
        .map(n -> municipality.getKey().get("municipality") + "/" + n)
        .toList();
  }
}
