package org.kiban.exchange.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.ledger.LedgerEvent;
import org.kiban.exchange.store.ContentStore;

/**
 * An arrival that was read, checked and converted; nothing durable has happened yet.
 *
 * @param offered the arrival and how it came
 * @param content what it held
 * @param outcome what its interface made of it
 * @param identity which delivery it is
 * @param rejects rows kept aside
 * @param refusal why it is refused, or null
 */
record Prepared(
    Intake.Offered offered,
    Content content,
    Outcome outcome,
    Identity identity,
    RejectSpool rejects,
    Refusal refusal) {

  /**
   * What an arrival held.
   *
   * @param sha its SHA-256, or null if it was not read
   * @param sealed its bytes, encrypted, if it is small and not refused, else null
   * @param ref where the store has it if it is large and not refused, else null
   */
  record Content(String sha, ContentStore.Sealed sealed, String ref) {
    static final Content UNREAD = new Content(null, null, null);
  }

  /**
   * What an interface made of it.
   *
   * @param result in numbers, or null if it is refused
   * @param bytes what is delivered if it is small, else null
   * @param spool a durable file of it if it is large, else null
   */
  record Outcome(LedgerEvent.Result result, byte[] bytes, Path spool) {
    static final Outcome NONE = new Outcome(null, null, null);
  }

  /**
   * Which delivery it is.
   *
   * @param key its idempotency key, or null if it is refused before that is known
   * @param sequence the provider's sequence, or null
   */
  record Identity(String key, String sequence) {
    static final Identity UNKNOWN = new Identity(null, null);
  }

  /**
   * Why a file is kept aside.
   *
   * @param state refused or duplicate
   * @param code a message code
   * @param reason in English, without a value of a row
   * @param reasonJa the same in Japanese
   */
  record Refusal(String state, String code, String reason, String reasonJa) {}

  /** An arrival that was not read yet. */
  Prepared(Intake.Offered offered, RejectSpool rejects) {
    this(offered, Content.UNREAD, Outcome.NONE, Identity.UNKNOWN, rejects, null);
  }

  /** The same with another content. */
  Prepared with(Content other) {
    return new Prepared(offered, other, outcome, identity, rejects, refusal);
  }

  /** The same with another outcome. */
  Prepared with(Outcome other) {
    return new Prepared(offered, content, other, identity, rejects, refusal);
  }

  /** The same with another identity. */
  Prepared with(Identity other) {
    return new Prepared(offered, content, outcome, other, rejects, refusal);
  }

  /** The same, refused: only its spool is still there, to be removed. */
  Prepared refused(Refusal why) {
    Content hash = new Content(content.sha, null, null);
    Outcome left = new Outcome(null, null, outcome.spool);
    return new Prepared(offered, hash, left, identity, rejects, why);
  }

  Line line() {
    return offered.line();
  }

  String lineId() {
    return offered.lineId();
  }

  Arrival arrival() {
    return offered.arrival();
  }

  String sha() {
    return content.sha;
  }

  LedgerEvent.Result result() {
    return outcome.result;
  }

  Path spool() {
    return outcome.spool;
  }

  String key() {
    return identity.key;
  }

  /** Removes what it keeps in files. */
  void discard() throws IOException {
    rejects.discard();
    if (spool() != null) {
      Files.deleteIfExists(spool());
    }
  }

  /** The arrival's description for the ledger. */
  LedgerEvent.Source source(String storedAt) {
    return new LedgerEvent.Source(
        lineId(), arrival().id(), arrival().name(), arrival().size(), sha(), storedAt);
  }
}
