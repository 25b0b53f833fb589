package org.kiban.update;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.kiban.update.home.EtcChanges;

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

  /** What an update would change in etc/; touches nothing. */
  default List<EtcChanges.Change> changes(Offer offer, Path file) {
    return List.of();
  }

  /** What is offered by others than the repository. */
  default List<Offer> offers() {
    return List.of();
  }

  /** Whether an update that failed or was taken back leaves everything as it was. */
  default boolean comesBack() {
    return true;
  }

  /**
   * Refuses what cannot be taken back.
   *
   * @throws org.kiban.core.KibanException saying what can be done instead
   */
  default void requireWayBack(Note last) {}

  /**
   * Applies an update.
   *
   * @param file the package; null if it is offered by others than the repository
   * @return what else came with it, in words, if it is kept; empty if only the next start tells,
   *     which {@link #goOn} brings
   * @throws org.kiban.core.KibanException if it is not kept; everything is as it was then
   */
  Optional<String> put(Offer offer, Path file, Consumer<String> progress);

  /**
   * Goes back to an earlier version.
   *
   * @param version that version; empty if there was none before, so that it goes
   * @param file its package; empty if there is none, or this part keeps what it needs
   * @return false if only the next start tells, as for {@link #put}
   * @throws org.kiban.core.KibanException if it is not kept; everything is as it was then
   */
  boolean back(String id, String version, Optional<Path> file, Consumer<String> progress);

  /** Whether it can go back to a version without the package. */
  default boolean keeps(String version) {
    return false;
  }

  /** Whether what began before this start has not ended yet. */
  default boolean isUnderWay() {
    return false;
  }

  /** Why what began before this start was not kept; empty if nobody can say. */
  default String whyNot() {
    return "";
  }

  /** That reason stands in the history now. */
  default void noted() {
    // most remember nothing
  }

  /** Brings the next start, after which it is known how the update ends. */
  default void goOn() {
    throw new IllegalStateException(kind() + " needs no start");
  }
}
