package org.kiban.route.folder;

import java.util.Map;
import java.util.Set;
import org.kiban.core.KibanException;
import org.kiban.route.RouteFile;

/**
 * What lies in a folder of route files.
 *
 * @param files by name, what counts
 * @param wrong by name of the route, or by file name if it gives none: why a file does not count
 * @param unsettled names of which nothing can be said yet; what ran goes on
 */
public record Scan(
    Map<String, RouteFile> files, Map<String, KibanException> wrong, Set<String> unsettled) {

  /** Tells whether a name is neither there nor about to come. */
  public boolean gone(String name) {
    return !files.containsKey(name) && !wrong.containsKey(name) && !unsettled.contains(name);
  }
}
