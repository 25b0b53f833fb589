package org.kiban.route.api;

import java.util.List;

/**
 * The routes of one municipality. An OSGi service with the property {@code municipality=<code>},
 * there while the municipality switches routes on. Safe for any thread. Reading answers from memory
 * at once, but {@link #failed}, which reads from disk; changing waits until the change is done, at
 * most the drain time and the grace time together with some seconds for the start.
 */
public interface Routes {

  /** Hears, about once a second, what a change is doing. */
  @FunctionalInterface
  interface Progress {
    /**
     * @param state what it is doing
     * @param inFlight how many exchanges are still in flight
     */
    void at(RouteState state, int inFlight);
  }

  /** Returns every route file, running or not, by name. */
  List<RouteView> list();

  /**
   * Returns one route file.
   *
   * @throws org.kiban.core.KibanException (usage) if there is none of that name
   */
  RouteView show(String name);

  /**
   * Says what is wrong with a file, without touching anything.
   *
   * @param fileName its name with its ending, {@code .camel.yaml} or {@code .camel.xml}
   * @param content its bytes
   * @return what is wrong, by line; empty if it may run
   */
  List<RouteProblem> check(String fileName, byte[] content);

  /**
   * Names traps that a file steps into without being wrong, such as a slow option.
   *
   * @param fileName its name with its ending
   * @param content its bytes
   * @return by line; empty if there is nothing to say
   */
  List<RouteProblem> advise(String fileName, byte[] content);

  /**
   * Puts a file into the folder and waits until it runs. If it is wrong, does not start or does not
   * stay well, what ran before runs again and lies in the folder again.
   *
   * @throws org.kiban.core.KibanException (refused) if it is wrong; (failed) if it did not come up
   */
  RouteView deploy(String fileName, byte[] content, Progress progress);

  /** Drains a route and takes its file out of the folder. */
  void remove(String name, Progress progress);

  /** Starts what {@link #stop} or {@link #drain} ended. */
  RouteView start(String name, Progress progress);

  /** Drains a route and unloads it; it stays so, after a restart of the node too. */
  RouteView stop(String name, Progress progress);

  /**
   * Ends the intake of a route and waits until nothing is in flight; it stays loaded, so that
   * failed exchanges can be replayed.
   */
  RouteView drain(String name, Progress progress);

  /**
   * Replaces the running version.
   *
   * @param version {@code current} for the file as it lies there, {@code previous} for the version
   *     that was in force before, or the first characters of a kept version
   */
  RouteView swap(String name, String version, Progress progress);

  /**
   * Returns the failed exchanges of a route that are kept, oldest first. Reads each from disk.
   *
   * @throws org.kiban.core.KibanException (usage) if there is no such route; (failed) if one cannot
   *     be read
   */
  List<FailedExchange> failed(String name);

  /**
   * Sends kept failed exchanges through the route again; those that succeed are kept no longer.
   *
   * @param ids which; empty for all
   * @return how many succeeded
   * @throws org.kiban.core.KibanException (partial, failed) if some did not
   */
  int replay(String name, List<String> ids);
}
