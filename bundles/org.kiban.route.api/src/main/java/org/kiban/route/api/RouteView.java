package org.kiban.route.api;

import java.time.Instant;
import java.util.List;

/**
 * One route file.
 *
 * @param name the file's name without its ending
 * @param version the first characters of the SHA-256 of what runs; empty if nothing ever did
 * @param number how many versions were in force so far; 0 if none
 * @param state how far it has come
 * @param inFlight exchanges begun and not finished
 * @param completed exchanges finished well since this version started
 * @param failed exchanges that failed since this version started
 * @param throughput exchanges finished in the last full minute
 * @param kept failed exchanges that wait to be replayed
 * @param lastError code, place and kind of the last failure, without what was in the message; empty
 *     if there was none
 * @param since when the state was reached
 * @param pauseMilliseconds of the last swap, from the last exchange that the old version completed
 *     to the start of the new; -1 if there was none
 * @param problems why the file as it lies there is not in force; empty if it is
 * @param components names of the Camel components that its endpoints use, in order
 * @param routes ids of its routes, in order
 */
public record RouteView(
    String name,
    String version,
    int number,
    RouteState state,
    int inFlight,
    long completed,
    long failed,
    long throughput,
    int kept,
    String lastError,
    Instant since,
    long pauseMilliseconds,
    List<RouteProblem> problems,
    List<String> components,
    List<String> routes) {

  /** Copies the lists. */
  public RouteView {
    problems = List.copyOf(problems);
    components = List.copyOf(components);
    routes = List.copyOf(routes);
  }
}
