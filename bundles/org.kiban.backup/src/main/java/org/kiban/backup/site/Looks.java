package org.kiban.backup.site;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.kiban.backup.backend.Backend.Entry;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.job.Notes;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;

/**
 * What was seen of each place when it was last looked at, so that its state is known without asking
 * it: how large it is and was, and when damage was looked for. Safe for any thread.
 */
public final class Looks {

  private static final Duration TREND = Duration.ofDays(7);
  private static final String SIZES = "sizes";

  private final Notes notes;
  private final InstantSource clock;

  /** Over notes of this alone. */
  public Looks(Notes notes, InstantSource clock) {
    this.notes = notes;
    this.clock = clock;
  }

  /**
   * What is known of a place.
   *
   * @param snapshots how many; -1 if it was never looked at
   * @param storedBytes of packs; -1 as well
   * @param grownBytes since the oldest look of the last seven days; less than 0 if it shrank
   * @param checked when damage was last looked for; null if never
   * @param damaged whether there was any
   * @param verified the moment of the newest snapshot that was without damage then; null if none
   */
  public record Look(
      int snapshots,
      long storedBytes,
      long grownBytes,
      Instant checked,
      boolean damaged,
      Instant verified) {}

  /** What is known of a place. */
  public Look of(String location) {
    ObjectNode note = notes.of(location);
    long stored = note.path("stored-bytes").asLong(-1);
    long before = note.path(SIZES).path(0).path("bytes").asLong(stored);
    return new Look(
        note.path("snapshots").asInt(-1),
        stored,
        stored - before,
        time(note, "checked"),
        note.path("damaged").asBoolean(),
        time(note, "verified"));
  }

  private static Instant time(ObjectNode note, String key) {
    return note.hasNonNull(key) ? Instant.parse(note.get(key).asText()) : null;
  }

  /** Notes how large a place is. */
  public Void measure(String location, Repository repository) throws IOException {
    int snapshots = repository.backend().list(Kind.SNAPSHOT).size();
    long bytes = repository.backend().list(Kind.PACK).stream().mapToLong(Entry::size).sum();
    notes.change(
        location,
        n -> {
          n.put("snapshots", snapshots).put("stored-bytes", bytes);
          grow(n.withArray(SIZES), bytes);
        });
    return null;
  }

  /** Keeps one size of each day, as long as it is of use. */
  private void grow(ArrayNode sizes, long bytes) {
    Instant now = clock.instant();
    while (!sizes.isEmpty() && time(sizes, 0).isBefore(now.minus(TREND))) {
      sizes.remove(0);
    }
    int last = sizes.size() - 1;
    if (last < 0 || !time(sizes, last).plus(Duration.ofDays(1)).isAfter(now)) {
      sizes.addObject().put("time", now.toString()).put("bytes", bytes);
    }
  }

  private static Instant time(ArrayNode sizes, int index) {
    return Instant.parse(sizes.path(index).path("time").asText());
  }

  /**
   * Notes that damage was looked for.
   *
   * @param snapshots that were there
   */
  public void checked(String location, List<Snapshot> snapshots, boolean damaged) {
    notes.change(
        location,
        n -> {
          n.put("checked", clock.instant().toString()).put("damaged", damaged);
          if (!damaged && !snapshots.isEmpty()) {
            n.put("verified", snapshots.get(snapshots.size() - 1).time().toString());
          }
        });
  }
}
