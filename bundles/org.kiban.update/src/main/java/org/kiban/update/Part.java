package org.kiban.update;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A kind of thing that can be updated, with a way back. */
interface Part {

  /** Its word in the repository. */
  String kind();

  /** The version that is installed; empty if none is. */
  Optional<String> installed(String id);

  /**
   * Says whether an update would be taken, and what it would touch; touches nothing.
   *
   * @throws org.kiban.core.KibanException if it would be refused
   */
  String plan(Offer offer, Path file);

  /**
   * Applies an update.
   *
   * @throws org.kiban.core.KibanException if it is not kept; everything is as it was then
   */
  void put(Offer offer, Path file, Consumer<String> progress);

  /**
   * Goes back to an earlier version.
   *
   * @param file the package of that version; empty if there was none before, so that it goes
   * @throws org.kiban.core.KibanException if it is not kept; everything is as it was then
   */
  void back(String id, Optional<Path> file, Consumer<String> progress);
}
