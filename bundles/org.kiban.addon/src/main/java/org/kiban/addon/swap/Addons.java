package org.kiban.addon.swap;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.kiban.addon.pack.Verified;

/**
 * What operators do with add-ons. A service for this bundle's commands, safe for any thread; one
 * change at a time, the others wait.
 */
public interface Addons {

  /**
   * Verifies a package: signature, trust, contents. Writes nothing.
   *
   * @throws org.kiban.core.KibanException (refused) with the reason
   */
  Verified verify(Path file);

  /**
   * Says what installing or updating would do. The new bundles are resolved for a moment and taken
   * out again; none is started.
   *
   * @throws org.kiban.core.KibanException if the package is refused
   */
  Plan plan(Path file);

  /**
   * Says what removing would do.
   *
   * @throws org.kiban.core.KibanException if it is not installed
   */
  Plan planRemoval(String id);

  /**
   * Installs or updates; takes at most the limits of {@code etc/org.kiban.addon.cfg.json} together.
   *
   * @param progress hears every step
   * @return the new entry of the history
   * @throws org.kiban.core.KibanException if it is not kept; everything is as it was then, or the
   *     exception says what is not
   */
  Entry put(Operation operation, Path file, Consumer<Step> progress);

  /** Removes; as {@link #put}. */
  Entry remove(String id, Consumer<Step> progress);

  /** What is installed, by id, and how it is. */
  List<View> list();

  /** All transactions, newest first. */
  List<Entry> history();

  /** The ids of what is installed, for completion. */
  List<String> ids();
}
