package org.kiban.addon.swap;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The container as far as add-ons' bundles are concerned: those whose location begins with {@link
 * Piece#SCHEME}. No method waits longer than its limit. Used by one thread at a time.
 */
interface World {

  /** The locations of all add-ons' bundles that are installed. */
  Set<String> locations();

  /**
   * Installs a bundle; it neither resolves nor starts.
   *
   * @throws org.kiban.core.KibanException if the container does not take it, or the file is not
   *     what was signed
   */
  void install(Piece piece, Path jar);

  /**
   * Resolves bundles, without starting them.
   *
   * @return what is missing; empty if they resolved
   */
  Optional<String> resolve(Collection<String> locations);

  /** Whether a bundle runs. */
  boolean isRunning(String location);

  /**
   * Starts a bundle until the next start of the container.
   *
   * @throws org.kiban.core.KibanException if it throws or takes too long; what it began is ended
   */
  void start(String location);

  /**
   * Stops bundles in the given order, uninstalls them and lets the container forget them.
   *
   * @return what they left behind although they were told to stop: names of threads
   */
  List<String> remove(List<String> locations);

  /** Begins anew to watch what becomes of the class loaders of removed bundles. */
  void watchLoaders();

  /**
   * Whether the class loaders of all bundles removed since {@link #watchLoaders} are gone.
   *
   * @return the bundles whose class loader somebody still holds
   */
  List<String> unforgotten();

  /** The location of another bundle that has the same symbolic name and version. */
  Optional<String> holder(Piece piece);

  /** The bundles of others that are wired to these and would restart with them. */
  Set<String> dependents(Collection<String> locations);
}
