package org.kiban.route.check;

import java.util.List;
import org.kiban.route.RouteFile;

/** Checks route files without running them. Safe for any thread. */
public interface Checker {

  /**
   * Says what is wrong with a file: syntax, unknown components and options, missing beans, ids used
   * twice, endpoints that the municipality may not use.
   *
   * @return by line; empty if it may be built
   */
  List<Finding> check(RouteFile file);

  /**
   * Names traps that a file steps into without being wrong, such as a slow option.
   *
   * @return by line; nothing for a file that cannot be read
   */
  default List<Finding> advise(RouteFile file) {
    return List.of();
  }
}
