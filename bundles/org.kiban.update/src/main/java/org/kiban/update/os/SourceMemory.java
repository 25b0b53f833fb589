package org.kiban.update.os;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.kiban.update.UpdateCode;

/**
 * The newest signed metadata of every source that this node ever saw, on disk: apt forgets it with
 * its lists, and says nothing of older metadata. Safe for any thread.
 */
public final class SourceMemory {

  private final Path file;
  private final DurableFiles files;
  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<String, Seen> seen = new TreeMap<>();

  /**
   * What is remembered of a source.
   *
   * @param newest when the newest metadata was signed
   * @param sha256 of what was signed then
   * @param offered when that was signed which the source offered last
   * @param problem null if the last was no older than the newest, and the same where as old
   */
  public record Seen(Instant newest, String sha256, Instant offered, UpdateCode problem) {}

  /**
   * Reads what was remembered.
   *
   * @throws KibanException if it cannot be read: without it nobody would notice going back
   */
  public SourceMemory(Path file, DurableFiles files) {
    this.file = file;
    this.files = files;
    try {
      if (Files.exists(file)) {
        for (Map.Entry<String, JsonNode> entry :
            mapper.readTree(Files.readAllBytes(file)).properties()) {
          seen.put(entry.getKey(), read(entry.getValue()));
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.OS_MEMORY, file, e.toString());
    }
  }

  private static Seen read(JsonNode node) {
    return new Seen(
        Instant.parse(node.path("newest").asText()),
        node.path("sha256").asText(),
        Instant.parse(node.path("offered").asText()),
        node.has("problem") ? UpdateCode.valueOf(node.path("problem").asText()) : null);
  }

  /** Takes in what sources offer; durable when it returns. */
  public void note(List<Source> offered) {
    take(offered, SourceMemory::judge);
  }

  /**
   * Takes in what apt has of sources that are asked beside: it keeps the newest while they offer
   * older, so that it cannot acquit them.
   */
  public void noteKept(List<Source> kept) {
    take(kept, (before, now) -> now.newest.equals(before.newest) ? before : judge(before, now));
  }

  private synchronized void take(List<Source> sources, BinaryOperator<Seen> judge) {
    Map<String, Seen> next = new TreeMap<>(seen);
    for (Source source : sources) {
      if (source.date() != null) {
        next.merge(source.file(), first(source), judge);
      }
    }
    if (!next.equals(seen)) {
      write(next);
    }
  }

  private static Seen first(Source source) {
    return new Seen(source.date(), source.sha256(), source.date(), null);
  }

  private static Seen judge(Seen before, Seen now) {
    int order = now.newest.compareTo(before.newest);
    if (order > 0) {
      return now;
    }
    boolean same = now.sha256.equals(before.sha256);
    UpdateCode problem =
        order < 0 ? UpdateCode.OS_WENT_BACK : same ? null : UpdateCode.OS_TWO_FACES;
    return new Seen(before.newest, before.sha256, now.newest, problem);
  }

  /**
   * Begins anew with a source, after operators found out why it went back.
   *
   * @throws KibanException if nothing is remembered of it
   */
  public synchronized void forget(String source) {
    Map<String, Seen> next = new TreeMap<>(seen);
    if (next.remove(source) == null) {
      throw new KibanException(Outcome.USAGE, UpdateCode.OS_NO_SUCH_SOURCE, source);
    }
    write(next);
  }

  private void write(Map<String, Seen> next) {
    ObjectNode all = mapper.createObjectNode();
    next.forEach(
        (name, s) -> {
          ObjectNode node =
              all.putObject(name)
                  .put("newest", s.newest.toString())
                  .put("sha256", s.sha256)
                  .put("offered", s.offered.toString());
          if (s.problem != null) {
            node.put("problem", s.problem.name());
          }
        });
    try {
      files.write(file, out -> out.write(mapper.writeValueAsBytes(all)));
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_WRITTEN, file, e.toString());
    }
    seen.clear();
    seen.putAll(next);
  }

  /** What is remembered of a source. */
  public synchronized Optional<Seen> of(String source) {
    return Optional.ofNullable(seen.get(source));
  }

  /** The names of all that is remembered. */
  public synchronized List<String> names() {
    return List.copyOf(seen.keySet());
  }

  /** The first source that went back or shows two faces, as it would be refused. */
  public synchronized Optional<KibanException> problem() {
    return seen.entrySet().stream()
        .filter(e -> e.getValue().problem != null)
        .findFirst()
        .map(
            e ->
                new KibanException(
                    Outcome.REFUSED,
                    e.getValue().problem,
                    e.getKey(),
                    e.getValue().offered,
                    e.getValue().newest));
  }
}
