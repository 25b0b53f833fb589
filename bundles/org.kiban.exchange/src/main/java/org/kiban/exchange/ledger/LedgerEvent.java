package org.kiban.exchange.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonAppend;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One entry of the ledger's chain: something that happened to a delivery. The chain is the truth;
 * every table is computed from it. Fields are only ever added. Times are microseconds of the epoch,
 * hashes lower-case hexadecimal.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "e")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LedgerEvent.Accepted.class, name = "accepted"),
  @JsonSubTypes.Type(value = LedgerEvent.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = LedgerEvent.Staged.class, name = "staged"),
  @JsonSubTypes.Type(value = LedgerEvent.Delivered.class, name = "delivered"),
  @JsonSubTypes.Type(value = LedgerEvent.Confirmed.class, name = "confirmed"),
  @JsonSubTypes.Type(value = LedgerEvent.Discarded.class, name = "discarded"),
  @JsonSubTypes.Type(value = LedgerEvent.Expired.class, name = "expired"),
  @JsonSubTypes.Type(value = LedgerEvent.Retired.class, name = "retired")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAppend(
    attrs = {
      @JsonAppend.Attr(value = Stamp.TRUST, include = JsonInclude.Include.NON_NULL),
      @JsonAppend.Attr(value = Stamp.BOUND, include = JsonInclude.Include.NON_NULL),
      @JsonAppend.Attr(value = Stamp.BEHIND, include = JsonInclude.Include.NON_NULL)
    })
public sealed interface LedgerEvent {

  /** The delivery's number. */
  long id();

  /** When it happened. */
  long at();

  /** The same at another time. */
  LedgerEvent at(long time);

  /** A time as entries have it: microseconds of the epoch. */
  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** Whether it is the first of its delivery. */
  default boolean begins() {
    return this instanceof Accepted || this instanceof Refused;
  }

  /**
   * What arrived.
   *
   * @param line the interface
   * @param arrival {@link org.kiban.exchange.api.Arrival#id()}
   * @param file its name
   * @param bytes its length
   * @param sha its SHA-256, or null if it was not read
   * @param ref where the store keeps it, or null
   */
  record Source(String line, String arrival, String file, long bytes, String sha, String ref) {}

  /**
   * What the interface made of it.
   *
   * @param declaration SHA-256 of the declaration that was in force
   * @param rows data rows read
   * @param rejected of these, kept aside
   * @param replaced characters replaced
   * @param bytes length of the result
   * @param sha SHA-256 of the result
   */
  record Result(
      String declaration, long rows, long rejected, long replaced, long bytes, String sha) {}

  /** Taken in: valid, stored, owed to each consumer. */
  record Accepted(
      long id,
      long at,
      Source source,
      String key,
      String sequence,
      Result result,
      String quarantine,
      List<String> consumers)
      implements LedgerEvent {
    @Override
    public LedgerEvent at(long time) {
      return new Accepted(id, time, source, key, sequence, result, quarantine, consumers);
    }
  }

  /**
   * Kept aside: nothing is owed to anybody.
   *
   * @param state refused or duplicate
   * @param code a message code
   * @param reason in English
   * @param reasonJa in Japanese
   * @param quarantine where it lies, or null
   */
  record Refused(
      long id,
      long at,
      Source source,
      String key,
      String state,
      String code,
      String reason,
      String reasonJa,
      String quarantine)
      implements LedgerEvent {
    @Override
    public LedgerEvent at(long time) {
      return new Refused(id, time, source, key, state, code, reason, reasonJa, quarantine);
    }
  }

  /**
   * Lies near these consumers, invisible to them.
   *
   * @param declaration SHA-256 of the declaration whose ways out were used; null in entries of
   *     before this was written
   */
  record Staged(long id, long at, List<String> consumers, String declaration)
      implements LedgerEvent {
    @Override
    public LedgerEvent at(long time) {
      return new Staged(id, time, consumers, declaration);
    }
  }

  /** Visible to these consumers. */
  record Delivered(long id, long at, List<String> consumers) implements LedgerEvent {
    @Override
    public LedgerEvent at(long time) {
      return new Delivered(id, time, consumers);
    }
  }

  /** This consumer said that it has it. */
  record Confirmed(long id, long at, String consumer) implements LedgerEvent {
    @Override
    public LedgerEvent at(long time) {
      return new Confirmed(id, time, consumer);
    }
  }

  /** These consumers do not get it: an operator gave it up. */
  record Discarded(long id, long at, List<String> consumers) implements LedgerEvent {
    @Override
    public LedgerEvent at(long time) {
      return new Discarded(id, time, consumers);
    }
  }

  /** What was kept of it, stored or in quarantine, was removed: its retention ended. */
  record Expired(long id, long at) implements LedgerEvent {
    @Override
    public LedgerEvent at(long time) {
      return new Expired(id, time);
    }
  }

  /** No longer where it arrived. */
  record Retired(long id, long at) implements LedgerEvent {
    @Override
    public LedgerEvent at(long time) {
      return new Retired(id, time);
    }
  }
}
