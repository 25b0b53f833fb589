package org.kiban.node.container;

import java.util.Set;

/** What the reconciler needs of the container's feature service. Safe for any thread. */
public interface Features {

  /** Whether the container has finished installing what it boots with. */
  boolean booted();

  /** The names of all features in the registered repositories. */
  Set<String> available();

  /** The names of the features that were asked for by name, and so stay. */
  Set<String> required();

  /**
   * Installs features, offline, touching no bundle that is already right.
   *
   * @throws Exception if they do not resolve or do not start
   */
  void install(Set<String> names) throws Exception;

  /**
   * Takes a feature out, with what nothing else needs.
   *
   * @throws Exception if that fails
   */
  void uninstall(String name) throws Exception;

  /**
   * Starts those bundles of an installed feature that do not run.
   *
   * @throws Exception if one does not start
   */
  void start(String name) throws Exception;
}
