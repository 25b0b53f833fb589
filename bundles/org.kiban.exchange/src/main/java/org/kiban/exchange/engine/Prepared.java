package org.kiban.exchange.engine;

import java.nio.file.Path;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.ledger.LedgerEvent;
import org.kiban.exchange.store.ContentStore;

/**
 * An arrival that was read, checked and converted; nothing durable has happened yet.
 *
 * @param line the interface, or null if there is none of that name
 * @param lineId the interface's id
 * @param arrival the arrival
 * @param sha of its content, or null if it was not read
 * @param original its content, encrypted, if it is small and not refused, else null
 * @param ref where the store has it if it is large, else null
 * @param result what the interface made of it, or null if it is refused
 * @param converted the result's content if it is small, else null
 * @param spool the result's content if it is large, else null
 * @param rejects rows kept aside
 * @param key its idempotency key, or null if it is refused
 * @param sequence the provider's sequence, or null
 * @param refusal why it is refused, or null
 */
record Prepared(
    Line line,
    String lineId,
    Arrival arrival,
    String sha,
    ContentStore.Sealed original,
    String ref,
    LedgerEvent.Result result,
    byte[] converted,
    Path spool,
    RejectSpool rejects,
    String key,
    String sequence,
    Refusal refusal) {

  /**
   * Why a file is kept aside.
   *
   * @param state refused or duplicate
   * @param code a message code
   * @param reason in English, without a value of a row
   * @param reasonJa the same in Japanese
   */
  record Refusal(String state, String code, String reason, String reasonJa) {}

  /** The same, refused. */
  Prepared refused(Refusal why) {
    return new Prepared(
        line, lineId, arrival, sha, null, null, null, null, null, rejects, key, sequence, why);
  }

  /** The same, with its content. */
  Prepared with(ContentStore.Sealed content) {
    return new Prepared(
        line, lineId, arrival, sha, content, ref, result, converted, spool, rejects, key, sequence,
        refusal);
  }

  /** The arrival's description for the ledger. */
  LedgerEvent.Source source(String storedAt) {
    return new LedgerEvent.Source(
        lineId, arrival.id(), arrival.name(), arrival.size(), sha, storedAt);
  }
}
