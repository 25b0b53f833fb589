package org.kiban.logship.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.kiban.core.storage.Journal;
import org.kiban.logship.ship.Chain;
import org.kiban.logship.ship.Letter;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;

/**
 * What was sent where and acknowledged, and what never could be, in a journal whose entries are
 * chained by their hashes. Safe for any thread.
 */
public final class Evidence {

  /** What an entry tells. */
  public enum Kind {
    /** A destination acknowledged everything from one position to another. */
    STORED,
    /** Bytes were gone before they could be sent. */
    LOST,
    /** A destination has less than it had acknowledged. */
    WENT_BACK,
    /** A destination contradicts what was sent. */
    CONTRADICTED,
    /** A destination took what it had refused. */
    RETRIED,
    /** An operator gave up what a destination refuses. */
    GIVEN_UP,
    /** An operator took note of bytes that were lost. */
    ACCEPTED
  }

  /**
   * One entry.
   *
   * @param destination its name in the configuration; empty if it is about all of them
   * @param from where it begins in the source; where the source has no places, milliseconds since
   *     1970
   * @param to where it ends
   * @param events how many; 0 where nobody can count them
   * @param total events of the source up to the end; -1 where nobody can count them
   * @param chain hash over all segments of the source up to the end, in hexadecimal digits
   * @param reason in English; empty if the kind says it all
   */
  public record Entry(
      Instant at,
      Kind kind,
      String destination,
      String source,
      String id,
      String name,
      long from,
      long to,
      long events,
      long total,
      String chain,
      String reason) {

    /** Where it ends as a position, if it says all of it. */
    Optional<Position> end() {
      return total < 0 ? Optional.empty() : Optional.of(new Position(to, total, Chain.of(chain)));
    }

    private boolean isAbout(Entry loss) {
      return destination.equals(loss.destination) && Past.Loss.of(this).equals(Past.Loss.of(loss));
    }
  }

  private static final long UNKNOWN = -1;

  private final Journal journal;
  private final ObjectMapper mapper = new ObjectMapper();

  Evidence(Journal journal) {
    this.journal = journal;
  }

  /** An entry about a source from one position to another. */
  static Entry entry(
      Instant at, Kind kind, String destination, Origin origin, Position from, Position to) {
    return new Entry(
        at,
        kind,
        destination,
        origin.source(),
        origin.id().value(),
        origin.name(),
        from.offset(),
        to.offset(),
        Math.max(0, to.events() - from.events()),
        to.events(),
        to.chain().toString(),
        "");
  }

  /** An entry about an event that a destination had refused. */
  static Entry entry(Instant at, Kind kind, String destination, Letter letter) {
    return new Entry(
        at,
        kind,
        destination,
        letter.source(),
        letter.stream(),
        letter.file(),
        letter.offset(),
        letter.offset(),
        1,
        UNKNOWN,
        "",
        "");
  }

  /**
   * Writes down that a source has let go of events before they were read; the same is told once.
   *
   * @param from when the last event before them was written
   * @param to when the first event after them was
   */
  void lost(Instant at, Origin origin, Instant from, Instant to, String reason) throws IOException {
    String id = origin.id().value();
    Entry entry =
        new Entry(
            at,
            Kind.LOST,
            "",
            origin.source(),
            id,
            origin.name(),
            from.toEpochMilli(),
            to.toEpochMilli(),
            0,
            UNKNOWN,
            "",
            reason);
    boolean told =
        troubles().stream()
            .anyMatch(t -> t.id().equals(id) && t.from() == entry.from() && t.to() == entry.to());
    if (!told) {
      add(List.of(entry));
    }
  }

  /** Lets go of what is older than is wanted; the chain goes on being checked from there. */
  void expire(Instant now, Duration keep) throws IOException {
    journal.expire(now, keep, payload -> read(mapper.readTree(payload)).at());
  }

  void add(List<Entry> entries) throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    List<byte[]> payloads = new ArrayList<>();
    for (Entry e : entries) {
      ObjectNode node =
          mapper
              .createObjectNode()
              .put("at", e.at().toString())
              .put("kind", e.kind().name().toLowerCase(Locale.ROOT))
              .put("destination", e.destination())
              .put("source", e.source())
              .put("id", e.id())
              .put("name", e.name())
              .put("from", e.from())
              .put("to", e.to())
              .put("events", e.events())
              .put("total", e.total())
              .put("chain", e.chain());
      if (!e.reason().isEmpty()) {
        node.put("reason", e.reason());
      }
      payloads.add(mapper.writeValueAsBytes(node));
    }
    journal.append(payloads);
  }

  /** All entries but those of what went well, the oldest first. */
  List<Entry> troubles() throws IOException {
    List<Entry> all = new ArrayList<>();
    read(
        entry -> {
          if (entry.kind() != Kind.STORED) {
            all.add(entry);
          }
        });
    return all;
  }

  /** What was lost and no operator has taken note of yet, the oldest first. */
  List<Entry> losses() throws IOException {
    List<Entry> open = new ArrayList<>();
    for (Entry e : troubles()) {
      if (e.kind() == Kind.LOST) {
        open.add(e);
      } else if (e.kind() == Kind.ACCEPTED) {
        open.removeIf(loss -> loss.isAbout(e));
      }
    }
    return open;
  }

  /** Writes down that an operator took note of a loss, and why nothing can be done. */
  void accept(Instant at, List<Entry> losses, String reason) throws IOException {
    add(losses.stream().map(loss -> accepted(at, loss, reason)).toList());
  }

  private static Entry accepted(Instant at, Entry loss, String reason) {
    return new Entry(
        at,
        Kind.ACCEPTED,
        loss.destination(),
        loss.source(),
        loss.id(),
        loss.name(),
        loss.from(),
        loss.to(),
        0,
        UNKNOWN,
        "",
        reason);
  }

  /** What the record says of the streams on their way to a destination. */
  Past past(String destination) throws IOException {
    Past past = new Past();
    read(
        entry -> {
          if (entry.destination().equals(destination)) {
            past.add(entry);
          }
        });
    return past;
  }

  /** Reads all entries, the oldest first. */
  void read(Consumer<Entry> reader) throws IOException {
    journal.read(1, e -> reader.accept(read(mapper.readTree(e.payload()))));
  }

  /** How many entries there are. */
  long size() throws IOException {
    return journal.last() - journal.base().position();
  }

  /** What is damaged in the journal, in English. */
  List<String> verify() throws IOException {
    return journal.verify().stream().map(d -> d.position() + ": " + d.reason()).toList();
  }

  private static Entry read(JsonNode n) {
    return new Entry(
        Instant.parse(n.path("at").asText()),
        Kind.valueOf(n.path("kind").asText().toUpperCase(Locale.ROOT)),
        n.path("destination").asText(),
        n.path("source").asText(),
        n.path("id").asText(),
        n.path("name").asText(),
        n.path("from").asLong(),
        n.path("to").asLong(),
        n.path("events").asLong(),
        n.path("total").asLong(UNKNOWN),
        n.path("chain").asText(),
        n.path("reason").asText());
  }
}
