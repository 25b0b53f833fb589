package org.kiban.backup.drill;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Proves by doing it that a backup could be restored, and notes how long it took. */
public final class Drill {

  private static final String NOTE = "drill";
  private static final String RECORDS = "records";
  private static final String KNOWN = "schedule";
  private static final int KEPT = 100;
  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final Duration VERIFY_LIMIT = Duration.ofHours(6);

  private final String owner;
  private final Path home;
  private final Path scratch;
  private final Notes notes;
  private final InstantSource clock;

  /**
   * @param owner whose backup it is, for messages
   * @param home the program
   * @param scratch a directory with room for all that is restored; removed after each drill
   * @param notes of this alone
   */
  public Drill(String owner, Path home, Path scratch, Notes notes, InstantSource clock) {
    this.owner = owner;
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
   * @param messages that wait in the queues, as many as when it was saved; -1 if none were counted
   */
  public record Report(
      Instant time,
      long restoreSeconds,
      long totalSeconds,
      List<String> municipalities,
      long messages) {}

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
   * @param filling restores
   * @param codes of municipalities with a linkage
   * @throws KibanException if any of it does not work; the record says so too
   */
  public Report run(Filling filling, List<String> codes) throws IOException {
    Instant begun = clock.instant();
    try {
      Report report = proven(begun, filling, codes);
      note(report, "");
      return report;
    } catch (KibanException e) {
      note(failed(begun, codes), e.getMessage());
      throw e;
    } catch (IOException e) {
      KibanException failure =
          new KibanException(e, Outcome.FAILED, BackupMessage.UNREACHABLE, scratch, e.toString());
      note(failed(begun, codes), failure.getMessage());
      throw failure;
    }
  }

  private Report proven(Instant begun, Filling filling, List<String> codes) throws IOException {
    Sibling sibling = new Sibling(home, scratch, owner);
    sibling.close(); // what a drill left that was broken off
    try {
      sibling.fill(filling);
      long restored = seconds(begun);
      sibling.start(START_LIMIT);
      for (String code : codes) {
        sibling.verify(code, VERIFY_LIMIT);
      }
      long messages = sibling.countMessages();
      return new Report(begun, restored, seconds(begun), codes, messages);
    } finally {
      sibling.close();
    }
  }

  private Report failed(Instant begun, List<String> codes) {
    return new Report(begun, -1, seconds(begun), codes, -1);
  }

  private long seconds(Instant begun) {
    return Duration.between(begun, clock.instant()).toSeconds();
  }

  /** The last one, and the record of the last hundred. */
  private void note(Report report, String failure) {
    notes.change(
        NOTE,
        n -> {
          put(n, report, failure);
          ArrayNode records = n.withArray(RECORDS);
          put(records.addObject(), report, failure);
          while (records.size() > KEPT) {
            records.remove(0);
          }
        });
  }

  private static void put(ObjectNode note, Report report, String failure) {
    note.put("time", report.time().toString());
    note.put("restore-seconds", report.restoreSeconds());
    note.put("total-seconds", report.totalSeconds());
    note.put("municipalities", String.join(" ", report.municipalities()));
    note.put("messages", report.messages());
    note.put("failure", failure);
  }
}
