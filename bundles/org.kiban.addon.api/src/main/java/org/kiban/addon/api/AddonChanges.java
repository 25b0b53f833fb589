package org.kiban.addon.api;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.kiban.core.KibanException;

/**
 * Changes add-ons: verified, swapped, kept only if they become well. An OSGi service, safe for any
 * thread; one change at a time, the others wait.
 */
public interface AddonChanges {

  /**
   * What a package would do.
   *
   * @param id of the add-on
   * @param version of the package
   * @param pauseMillis how long the add-on will not work, as far as can be said
   * @param routes routes that use what goes, as {@code <code>/<name>}
   */
  record Plan(String id, String version, long pauseMillis, List<String> routes) {

    /** Copies the list. */
    public Plan {
      routes = List.copyOf(routes);
    }
  }

  /** The versions of what is installed, by id; from memory. */
  SortedMap<String, String> installed();

  /**
   * Says what installing or updating would do; nothing that runs is touched. Takes seconds.
   *
   * @param file a package, by its absolute path
   * @throws KibanException if the package is refused
   */
  Plan plan(Path file);

  /**
   * Installs or updates; takes at most the limits of {@code etc/org.kiban.addon.cfg.json} together.
   *
   * @param file a package, by its absolute path
   * @param progress hears every step, in English
   * @throws KibanException if it is not kept; everything is as it was then, or the exception says
   *     what is not
   */
  void put(Path file, Consumer<String> progress);

  /**
   * Puts an earlier version back that was kept here before, in one swap; as {@link #put}.
   *
   * @param file its package, by its absolute path
   * @param progress hears every step, in English
   */
  void back(Path file, Consumer<String> progress);

  /**
   * Removes; as {@link #put}.
   *
   * @param id of the add-on
   * @param progress hears every step, in English
   */
  void remove(String id, Consumer<String> progress);
}
