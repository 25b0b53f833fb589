package org.kiban.exchange.engine;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kiban.exchange.api.InterfaceView;
import org.kiban.exchange.api.InterfaceView.Problem;
import org.kiban.exchange.declaration.Consumer;
import org.kiban.exchange.declaration.Declaration;

/** The interfaces as others see them. */
record InterfaceList(Worksite site) {

  List<InterfaceView> all() {
    Set<String> ids = new TreeSet<>(site.declarations.inForce().keySet());
    ids.addAll(site.declarations.refused().keySet());
    return ids.stream().map(this::view).toList();
  }

  private InterfaceView view(String id) {
    Declarations.Loaded loaded = site.declarations.inForce().get(id);
    List<Problem> reasons = site.declarations.refused().get(id);
    List<Problem> problems = new ArrayList<>(reasons == null ? List.of() : reasons);
    if (reasons == null) {
      problems.addAll(site.problems.of("interface:" + id));
    }
    problems.addAll(site.problems.of("in:" + id));
    problems.addAll(site.problems.of("out:" + id + "→"));
    problems.addAll(site.problems.of("stranded:" + id + "→"));
    String state =
        reasons != null ? "refused" : site.lines.open().containsKey(id) ? "active" : "waiting";
    Declaration d = loaded == null ? null : loaded.declaration();
    return new InterfaceView(
        id,
        d == null ? null : d.name(),
        d == null ? null : d.provider(),
        d == null ? List.of() : d.consumers().stream().map(Consumer::system).toList(),
        state,
        List.copyOf(problems),
        site.places.in(id).toString(),
        d == null ? null : d.receive().transport(),
        d == null ? Map.of() : ways(d),
        loaded == null ? null : loaded.text());
  }

  private static Map<String, String> ways(Declaration d) {
    return d.consumers().stream().collect(toMap(Consumer::system, Consumer::transport));
  }
}
