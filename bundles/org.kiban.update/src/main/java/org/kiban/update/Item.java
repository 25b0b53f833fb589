package org.kiban.update;

import java.time.Instant;
import org.kiban.core.Bilingual;

/**
 * An offer and what stands between it and this node.
 *
 * @param name as operators name it
 * @param kind what it is
 * @param id what it would replace
 * @param from the version that is installed; empty if none is
 * @param to the version that it brings
 * @param lane how soon
 * @param state what it waits for
 * @param when from when on it may be applied; null if nobody can say
 * @param approvedBy who approved it; empty if nobody did
 * @param approvedAt when; null if nobody did
 * @param reason in words, what it waits for
 * @param ja what it is about, in Japanese
 * @param en the same in English
 */
public record Item(
    String name,
    String kind,
    String id,
    String from,
    String to,
    Lane lane,
    State state,
    Instant when,
    String approvedBy,
    Instant approvedAt,
    String reason,
    String ja,
    String en) {

  /** What an offer waits for. */
  public enum State implements Bilingual {
    /** For nothing: it is being applied. */
    UNDER_WAY("適用中", "under way"),
    /** For nothing. */
    DUE("適用可", "due"),
    /** For somebody to approve it. */
    APPROVAL("承認待ち", "approval"),
    /** For nodes that go first. */
    CANARY("先行ノード待ち", "canary"),
    /** For the next maintenance window. */
    WINDOW("保守時間待ち", "window"),
    /** It was tried and not kept: for somebody to approve it again. */
    FAILED("失敗・再承認待ち", "failed"),
    /** Somebody took it back: for somebody to approve it again. */
    TAKEN_BACK("取り消し・再承認待ち", "taken back"),
    /** This node does not know this kind of thing. */
    UNKNOWN("対象外", "unknown kind");

    private final Words words;

    State(String japanese, String english) {
      this.words = new Words(japanese, english);
    }

    /** Whether somebody must approve it before anything else. */
    boolean waitsForSomebody() {
      return this == APPROVAL || this == FAILED || this == TAKEN_BACK;
    }

    @Override
    public Words words() {
      return words;
    }
  }
}
