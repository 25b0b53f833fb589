package org.kiban.update;

import java.time.Instant;
import java.util.Optional;

/**
 * Decides when an offer may be applied. Urgent ones go as soon as they may, others in the next
 * window in which no municipality objects; whatever failed waits for somebody to look at it.
 *
 * @param rules what operators declared
 * @param history what was approved and tried
 * @param canary the nodes that go first
 */
record Policy(Rules rules, History history, Canary canary) {

  /**
   * Judges an offer.
   *
   * @param installed the version that is there; empty if none
   * @param known whether this node can apply things of this kind
   */
  Item judge(Offer offer, String installed, boolean known, Instant now) {
    Optional<Note> approval = history.approval(offer);
    boolean urgent = offer.lane() == Lane.URGENT;
    boolean needed = urgent ? rules.approveUrgent() : rules.approveNormal();
    Optional<Note> failure = history.failure(offer);
    Optional<String> first = canary.waitsFor(offer, now);
    if (history.open().filter(n -> n.isAbout(offer)).isPresent()) {
      return item(offer, installed, Item.State.UNDER_WAY, now, approval, "");
    }
    if (!known) {
      return item(offer, installed, Item.State.UNKNOWN, null, approval, offer.kind());
    }
    if (failure.isPresent()) {
      return tried(offer, installed, failure.get());
    }
    if (needed && approval.isEmpty()) {
      return item(offer, installed, Item.State.APPROVAL, null, approval, "");
    }
    if (first.isPresent()) {
      return item(offer, installed, Item.State.CANARY, null, approval, first.get());
    }
    Instant when = urgent ? now : rules.calendar().opens(now).orElse(null);
    Item.State state = now.equals(when) ? Item.State.DUE : Item.State.WINDOW;
    return item(offer, installed, state, when, approval, "");
  }

  /** Taken back on purpose is no failure: who did so is all that there is to say. */
  private static Item tried(Offer offer, String installed, Note end) {
    boolean wanted = end.what() == Note.What.ROLLED_BACK;
    Item.State state = wanted ? Item.State.TAKEN_BACK : Item.State.FAILED;
    String reason = wanted ? end.who() : end.detail();
    return item(offer, installed, state, null, Optional.empty(), reason);
  }

  private static Item item(
      Offer offer,
      String installed,
      Item.State state,
      Instant when,
      Optional<Note> approval,
      String reason) {
    return new Item(
        offer.name(),
        offer.kind(),
        offer.id(),
        installed,
        offer.version(),
        offer.lane(),
        state,
        when,
        approval.map(Note::who).orElse(""),
        approval.map(Note::at).orElse(null),
        reason,
        offer.ja(),
        offer.en());
  }
}
