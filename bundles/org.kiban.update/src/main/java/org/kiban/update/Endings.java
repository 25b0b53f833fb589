package org.kiban.update;

import java.util.Optional;
import java.util.function.Function;
import org.kiban.core.TrustedClock;

/**
 * Writes down how updates end.
 *
 * @param history takes the notes
 * @param canary tells other nodes
 * @param clock says when
 * @param part by its kind
 */
record Endings(
    History history, Canary canary, TrustedClock clock, Function<String, Optional<Part>> part) {

  Note end(Note begun, Note.What what, String detail) {
    Note note = begun.then(clock.now(), what, begun.who(), detail);
    history.add(note);
    return note;
  }

  /** What a failure of this kind leaves. */
  Note.What failure(String kind) {
    boolean asBefore = part.apply(kind).map(Part::comesBack).orElse(true);
    return asBefore ? Note.What.RETURNED : Note.What.STOPPED;
  }

  /**
   * At a start: ends what the node went down in.
   *
   * @return whether something goes on still
   */
  boolean settleWhatWasCutOff() {
    Optional<Note> open = history.open();
    if (open.flatMap(n -> part.apply(n.kind())).map(Part::isUnderWay).orElse(false)) {
      return true;
    }
    open.ifPresent(n -> settle(UpdateCode.CUT_OFF.line(n.id())));
    return false;
  }

  /**
   * What began before this start has ended; what the node stands on now tells how.
   *
   * @param otherwise why, if the part does not say
   */
  void settle(String otherwise) {
    history.open().ifPresent(n -> settle(n, otherwise));
  }

  private void settle(Note begun, String otherwise) {
    Optional<Part> its = part.apply(begun.kind());
    boolean kept = its.flatMap(p -> p.installed(begun.id())).orElse("").equals(begun.to());
    boolean forth = begun.what() == Note.What.BEGUN;
    Note.What away = forth ? failure(begun.kind()) : Note.What.ROLLED_BACK;
    String why = its.map(Part::whyNot).orElse("");
    end(begun, kept ? Note.What.KEPT : away, why.isEmpty() ? otherwise : why);
    if (forth) {
      canary.report(begun, kept, clock.now());
    }
    its.ifPresent(Part::noted);
  }
}
