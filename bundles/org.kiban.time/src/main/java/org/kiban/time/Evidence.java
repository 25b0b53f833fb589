package org.kiban.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kiban.core.storage.Journal;
import org.kiban.time.vote.Vote;

/**
 * What happened to this node's time, in a journal whose entries are chained by their hashes: each
 * outcome of a vote that differs from the one before, one an hour in any case, and each jump. Safe
 * for any thread.
 */
public final class Evidence {

  private final Journal journal;
  private final ObjectMapper mapper = new ObjectMapper();

  Evidence(Journal journal) {
    this.journal = journal;
  }

  /**
   * One entry.
   *
   * @param position its number, from 1
   * @param at when, by the node's clock
   * @param kind start, vote, no-majority, jump or expired
   * @param detail in words
   * @param hash SHA-256 of the chain up to here, in hexadecimal digits
   */
  public record Entry(long position, Instant at, String kind, String detail, String hash) {}

  /**
   * The whole chain.
   *
   * @param entries how many
   * @param first the number of the oldest; those before it were let go of by their age
   * @param head the hash of the last, in hexadecimal digits
   * @param damages what is wrong, in English; empty if every byte is as it was written
   */
  public record Chain(long entries, long first, String head, List<String> damages) {

    /** Copies the list. */
    public Chain {
      damages = List.copyOf(damages);
    }
  }

  void started(Instant at, List<TimeSource> sources) throws IOException {
    ObjectNode entry = entry(at, "start");
    ArrayNode list = entry.putArray("sources");
    sources.forEach(s -> list.add(s.name() + " " + s.host() + ":" + s.port()));
    append(entry);
  }

  void jumped(Instant at, double milliseconds) throws IOException {
    append(entry(at, "jump").put("milliseconds", milliseconds));
  }

  void voted(Instant at, Optional<Vote.Verdict> verdict, List<SourceView> sources)
      throws IOException {
    ObjectNode entry = entry(at, verdict.isPresent() ? "vote" : "no-majority");
    verdict.ifPresent(
        v -> entry.put("low-milliseconds", v.low() / 1e6).put("high-milliseconds", v.high() / 1e6));
    ArrayNode list = entry.putArray("sources");
    for (SourceView s : sources) {
      list.addObject()
          .put("name", s.name())
          .put("verdict", s.verdict().name().toLowerCase(Locale.ROOT))
          .put("offset-milliseconds", s.offsetMilliseconds())
          .put("uncertainty-milliseconds", s.uncertaintyMilliseconds());
    }
    append(entry);
  }

  /** The newest entries, the newest last. */
  List<Entry> newest(int limit) throws IOException {
    Deque<Entry> entries = new ArrayDeque<>();
    journal.read(Math.max(1, journal.last() - limit + 1), e -> entries.add(view(e)));
    return List.copyOf(entries);
  }

  /** Lets go of what is older than is wanted, and says so. */
  void expire(Instant now, Duration keep) throws IOException {
    if (journal.expire(now, keep, payload -> at(mapper.readTree(payload))) > 0) {
      append(entry(now, "expired").put("until", journal.base().position()));
    }
  }

  /** Walks the whole chain. */
  Chain verify() throws IOException {
    long before = journal.base().position();
    return new Chain(
        journal.last() - before,
        before + 1,
        HexFormat.of().formatHex(journal.head()),
        journal.verify().stream().map(d -> d.position() + ": " + d.reason()).toList());
  }

  /**
   * Writes every entry as a line of JSON: position, hash, and the payload as text, because the hash
   * is over its very bytes. If older ones were let go of, the first line has no payload: it is the
   * last of those, with the hash that the chain goes on from.
   */
  void export(OutputStream out) throws IOException {
    Journal.Base base = journal.base();
    if (base.position() > 0) {
      write(line(base.position(), base.hash()), out);
    }
    journal.read(
        1,
        e -> {
          String payload = new String(e.payload(), StandardCharsets.UTF_8);
          write(line(e.position(), e.hash()).put("payload", payload), out);
        });
  }

  private ObjectNode line(long position, byte[] hash) {
    return mapper
        .createObjectNode()
        .put("position", position)
        .put("hash", HexFormat.of().formatHex(hash));
  }

  private void write(ObjectNode line, OutputStream out) throws IOException {
    out.write(mapper.writeValueAsBytes(line));
    out.write('\n');
  }

  private Entry view(Journal.Entry e) throws IOException {
    JsonNode node = mapper.readTree(e.payload());
    String kind = node.path("kind").asText();
    return new Entry(
        e.position(), at(node), kind, detail(kind, node), HexFormat.of().formatHex(e.hash()));
  }

  private static Instant at(JsonNode entry) {
    return Instant.parse(entry.path("at").asText());
  }

  private static String detail(String kind, JsonNode node) {
    StringBuilder text = new StringBuilder();
    if (kind.equals("jump")) {
      return text.append("%+.3f ms".formatted(node.path("milliseconds").asDouble())).toString();
    }
    if (kind.equals("expired")) {
      return "1–" + node.path("until").asLong();
    }
    if (kind.equals("vote")) {
      text.append(
          "%+.3f … %+.3f ms"
              .formatted(
                  node.path("low-milliseconds").asDouble(),
                  node.path("high-milliseconds").asDouble()));
    }
    for (JsonNode source : node.path("sources")) {
      text.append(text.isEmpty() ? "" : ", ").append(source.path("name").asText(source.asText()));
      String verdict = source.path("verdict").asText();
      text.append(verdict.isEmpty() || verdict.equals("true") ? "" : " (" + verdict + ")");
    }
    return text.toString();
  }

  private ObjectNode entry(Instant at, String kind) {
    return mapper.createObjectNode().put("at", at.toString()).put("kind", kind);
  }

  private void append(ObjectNode entry) throws IOException {
    journal.append(List.of(mapper.writeValueAsBytes(entry)));
  }
}
