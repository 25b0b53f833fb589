package org.kiban.backup.drill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.job.Notes;
import org.kiban.backup.job.Records;
import org.kiban.backup.job.Schedule;
import org.kiban.backup.repository.Repository.Password;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Proves by doing it that the node could be restored, and notes how long it took. */
public final class Drill {

  private static final String NOTE = "drill";
  private static final String KNOWN = "schedule";
  private static final Duration RESTORE_LIMIT = Duration.ofHours(12);
  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final Duration VERIFY_LIMIT = Duration.ofHours(6);

  private final Path home;
  private final Path scratch;
  private final Notes notes;
  private final InstantSource clock;

  /**
   * @param home the program
   * @param scratch a directory with room for a second node; removed after each drill
   * @param notes of this alone
   */
  public Drill(Path home, Path scratch, Notes notes, InstantSource clock) {
    this.home = home;
    this.scratch = scratch;
    this.notes = notes;
    this.clock = clock;
  }

  /**
   * How a drill went.
   *
   * @param time when it began
   * @param restoreSeconds until all was there
   * @param totalSeconds until the node was ready and its ledgers verified
   * @param municipalities whose ledgers were verified
   */
  public record Report(
      Instant time, long restoreSeconds, long totalSeconds, List<String> municipalities) {}

  /** What the last drill left: when, and why it failed; null or empty if not. */
  public record Last(Instant time, long totalSeconds, String failure) {}

  /** The last drill. */
  public Last last() {
    ObjectNode note = notes.of(NOTE);
    return new Last(
        note.hasNonNull("time") ? Instant.parse(note.get("time").asText()) : null,
        note.path("total-seconds").asLong(),
        note.path("failure").asText(""));
  }

  /** Whether one fell due since the last, or since this was first asked. */
  public boolean isDue(Schedule schedule) {
    Instant known = new Records(notes).of(KNOWN, clock.instant()).begun();
    Instant last = last().time();
    Instant since = last == null || last.isBefore(known) ? known : last;
    return schedule.due(since, clock.instant()).isPresent();
  }

  /**
   * Does it; takes as long as a recovery would.
   *
   * @param location the repository
   * @param node the name in its snapshots
   * @param codes of municipalities with a linkage
   * @throws KibanException if any of it does not work; the note says so too
   */
  public Report run(String location, String node, Password password, List<String> codes)
      throws IOException {
    Instant begun = clock.instant();
    try {
      Report report = proven(begun, location, node, password, codes);
      note(report.time(), report.totalSeconds(), "");
      return report;
    } catch (KibanException e) {
      note(begun, seconds(begun), e.getMessage());
      throw e;
    } catch (IOException e) {
      KibanException failure =
          new KibanException(e, Outcome.FAILED, BackupMessage.UNREACHABLE, scratch, e.toString());
      note(begun, seconds(begun), failure.getMessage());
      throw failure;
    }
  }

  private Report proven(
      Instant begun, String location, String node, Password password, List<String> codes)
      throws IOException {
    Sibling sibling = new Sibling(home, scratch);
    sibling.close(); // what a drill left that was broken off
    try {
      sibling.restore(location, node, password, RESTORE_LIMIT);
      long restored = seconds(begun);
      sibling.start(START_LIMIT);
      for (String code : codes) {
        sibling.verify(code, VERIFY_LIMIT);
      }
      return new Report(begun, restored, seconds(begun), codes);
    } finally {
      sibling.close();
    }
  }

  private long seconds(Instant begun) {
    return Duration.between(begun, clock.instant()).toSeconds();
  }

  private void note(Instant begun, long seconds, String failure) {
    notes.change(
        NOTE,
        n -> {
          n.put("time", begun.toString());
          n.put("total-seconds", seconds);
          n.put("failure", failure);
        });
  }
}
