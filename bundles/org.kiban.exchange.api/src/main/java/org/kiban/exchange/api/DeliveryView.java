package org.kiban.exchange.api;

import java.time.Instant;
import java.util.List;

/**
 * A delivery as the ledger has it.
 *
 * @param delivery its number
 * @param interfaceId the interface
 * @param state accepted, stranded (all that is owed of it is owed to consumers that no declaration
 *     names), delivered, confirmed, discarded (nobody got it), refused or duplicate
 * @param file the name it arrived with
 * @param bytes its length as it arrived
 * @param sha256 of the content as it arrived, lower-case hexadecimal; empty if it was never read
 * @param identity the idempotency key
 * @param rowsReceived data rows read
 * @param rowsDelivered data rows passed on; received = delivered + quarantined
 * @param rowsQuarantined data rows kept aside
 * @param replaced characters written as their declared replacement
 * @param outBytes length as delivered
 * @param outSha256 of the content as delivered
 * @param code why it was refused, or null
 * @param reason the same in words, in English, or null
 * @param reasonJa the same in Japanese, or null
 * @param quarantine where the refused file or rows lie, or null
 * @param removedAt when what was kept of it here was removed because its retention ended, or null
 * @param receivedAt when it was taken in
 * @param updatedAt of the last change
 * @param position of its first entry in the ledger's chain
 * @param time what was known of the time when it was taken in; null in lists
 * @param consumers one for each consumer
 */
public record DeliveryView(
    long delivery,
    String interfaceId,
    String state,
    String file,
    long bytes,
    String sha256,
    String identity,
    long rowsReceived,
    long rowsDelivered,
    long rowsQuarantined,
    long replaced,
    long outBytes,
    String outSha256,
    String code,
    String reason,
    String reasonJa,
    String quarantine,
    Instant removedAt,
    Instant receivedAt,
    Instant updatedAt,
    long position,
    TimeView time,
    List<ConsumerView> consumers) {

  /**
   * One consumer's part.
   *
   * @param system the consumer
   * @param state pending, staged, stranded (no declaration names it any more), delivered, confirmed
   *     or discarded
   * @param place where it finds the file, or null before
   * @param at of the last change
   * @param attempts failed tries so far
   * @param problem why the last try failed, or null
   */
  public record ConsumerView(
      String system, String state, String place, Instant at, int attempts, String problem) {}
}
