package org.kiban.update;

import java.time.Instant;
import org.kiban.core.Bilingual;

/**
 * One entry of the history; in the journal too.
 *
 * @param at when
 * @param what happened
 * @param who asked for it; {@code node} if nobody did
 * @param kind of what; empty for imports
 * @param id of what; empty for imports
 * @param from the version before; empty if none
 * @param to the version asked for; empty if none
 * @param sha256 of its file; empty for imports
 * @param detail in words
 */
public record Note(
    Instant at,
    What what,
    String who,
    String kind,
    String id,
    String from,
    String to,
    String sha256,
    String detail) {

  /** What happened. */
  public enum What implements Bilingual {
    /** A state of the repository was taken in. */
    IMPORTED("取り込み", "imported"),
    /** Somebody approved an update. */
    APPROVED("承認", "approved"),
    /** Work on an update began. */
    BEGUN("開始", "begun"),
    /** Going back to an earlier version began. */
    GOING_BACK("前の版へ戻し始め", "going back"),
    /** It stays. */
    KEPT("確定", "kept"),
    /** It was not kept: everything is as it was. */
    RETURNED("失敗（元に戻した）", "failed, as before"),
    /** It did not go through, and some of it may be there: it cannot be taken back. */
    STOPPED("失敗（途中まで）", "failed, perhaps part-way"),
    /** Somebody went back to an earlier version. */
    ROLLED_BACK("前の版に戻した", "rolled back");

    private final Words words;

    What(String japanese, String english) {
      this.words = new Words(japanese, english);
    }

    /** What tells operators that an update ended so. */
    public UpdateCode code() {
      return this == STOPPED ? UpdateCode.OS_STOPPED : UpdateCode.RETURNED;
    }

    @Override
    public Words words() {
      return words;
    }
  }

  static Note of(Instant at, What what, String who, Offer offer, String from, String detail) {
    return new Note(
        at,
        what,
        who,
        offer.kind(),
        offer.id(),
        from,
        offer.version(),
        offer.target().sha256(),
        detail);
  }

  /** What happened next to the same thing. */
  Note then(Instant when, What next, String byWhom, String inWords) {
    return new Note(when, next, byWhom, kind, id, from, to, sha256, inWords);
  }

  boolean isAbout(Offer offer) {
    return kind.equals(offer.kind()) && id.equals(offer.id()) && to.equals(offer.version());
  }
}
