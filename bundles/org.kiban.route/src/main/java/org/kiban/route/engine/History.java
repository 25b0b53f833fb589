package org.kiban.route.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.Journal;
import org.kiban.route.RouteFile.Format;
import org.kiban.route.engine.Past.Version;

/**
 * The journal of swaps of one municipality: what is noted here survives a power cut before anything
 * else is done. Safe for any thread.
 */
final class History implements Closeable {

  private final Journal journal;
  private final TrustedClock clock;
  private final int keep;
  private final JsonMapper json = JsonMapper.builder().build();
  private final Map<String, Past> pasts = new ConcurrentHashMap<>();

  /**
   * Reads it from the beginning.
   *
   * @throws IOException if it is damaged
   */
  History(Journal journal, TrustedClock clock, int keep) throws IOException {
    this.journal = journal;
    this.clock = clock;
    this.keep = keep;
    journal.read(1, entry -> apply(json.readTree(entry.payload())));
  }

  Past of(String name) {
    return pasts.getOrDefault(name, Past.NONE);
  }

  /** Names that have something in force. */
  Set<String> names() {
    return Set.copyOf(pasts.keySet());
  }

  /** A version is about to replace what runs. */
  void begins(String name, Version version) {
    note("begins", name, event -> event.put("version", version.digest()));
  }

  /** A version is in force. */
  void good(String name, Version version, long pauseMilliseconds) {
    note(
        "good",
        name,
        event ->
            event
                .put("version", version.digest())
                .put("format", version.format().name())
                .put("pause", pauseMilliseconds));
  }

  /** A version did not start or stay well; it is not tried again by itself. */
  void bad(String name, String digest, String reason) {
    note("bad", name, event -> event.put("version", digest).put("reason", reason));
  }

  void stopped(String name) {
    note("stopped", name, event -> {});
  }

  void started(String name) {
    note("started", name, event -> {});
  }

  void removed(String name) {
    note("removed", name, event -> {});
  }

  private synchronized void note(
      String kind, String name, java.util.function.Consumer<ObjectNode> more) {
    ObjectNode event = json.createObjectNode();
    TrustedClock.Reading time = clock.read();
    event.put("at", time.now().toString()).put("kind", kind).put("name", name);
    time.facts().forEach(event::putPOJO);
    more.accept(event);
    try {
      journal.append(List.of(json.writeValueAsBytes(event)));
      apply(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void apply(JsonNode event) {
    String name = event.get("name").asText();
    Past past = of(name);
    String digest = event.path("version").asText();
    Past next =
        switch (event.get("kind").asText()) {
          case "good" ->
              past.isGood(
                  new Version(digest, Format.valueOf(event.get("format").asText())),
                  event.get("pause").asLong(),
                  keep);
          case "bad" -> past.isBad(digest, event.get("reason").asText());
          case "stopped" -> past.isStopped(true);
          case "started" -> past.isStopped(false);
          case "removed" -> past.isRemoved();
          default -> past;
        };
    pasts.put(name, next);
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
