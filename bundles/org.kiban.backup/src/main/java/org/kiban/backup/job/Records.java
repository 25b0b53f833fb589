package org.kiban.backup.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Progress;
import org.kiban.core.KibanException;
import org.kiban.core.TrustedClock;

/**
 * When each job last began and how it ended, so that a run that was missed is known after a
 * restart. Safe for any thread.
 */
public final class Records {

  private final Notes notes;

  /** Over notes of this alone. */
  public Records(Notes notes) {
    this.notes = notes;
  }

  /**
   * One job's.
   *
   * @param begun when it last began, or became known
   * @param snapshot of the last run that made one; empty if none did
   * @param time of that snapshot; null if there is none
   * @param problems what that run could not read
   * @param without names of sources that its snapshot lacks, though the owner has what is in them
   * @param files how many that run saw
   * @param bytes of them
   * @param failure of the last run; empty if it made a snapshot
   */
  public record Run(
      Instant begun,
      String snapshot,
      Instant time,
      long problems,
      String without,
      long files,
      long bytes,
      String failure) {}

  /** What is known of a job; one that nobody knew becomes known now. */
  public Run of(String job, Instant now) {
    if (!notes.of(job).hasNonNull("begun")) {
      begun(job, now);
    }
    ObjectNode one = notes.of(job);
    return new Run(
        one.hasNonNull("begun") ? Instant.parse(one.get("begun").asText()) : now,
        one.path("snapshot").asText(""),
        one.hasNonNull("time") ? Instant.parse(one.get("time").asText()) : null,
        one.path("problems").asLong(),
        one.path("without").asText(""),
        one.path("files").asLong(),
        one.path("bytes").asLong(),
        one.path("failure").asText(""));
  }

  /** A job begins, at a time that can be believed as far as it says. */
  void begun(String job, TrustedClock.Reading now) {
    notes.change(
        job,
        one -> {
          one.put("begun", now.now().toString());
          note(one, now);
        });
  }

  /** Says beside a time how far it can be believed, and nothing that an earlier one said. */
  public static void note(ObjectNode one, TrustedClock.Reading time) {
    one.remove(List.of("trust", "bound-milliseconds", "behind-milliseconds"));
    time.facts().forEach(one::putPOJO);
  }

  /** A job begins. */
  void begun(String job, Instant now) {
    notes.change(job, one -> one.put("begun", now.toString()));
  }

  /** A job made a snapshot. */
  void ran(String job, Snapshot snapshot, Progress done) {
    notes.change(
        job,
        one -> {
          one.put("snapshot", snapshot.id().toString());
          one.put("time", snapshot.time().toString());
          one.put("problems", done.problemCount());
          one.put("files", done.files());
          one.put("bytes", done.bytes());
          one.put("without", String.join(", ", Job.missingIn(snapshot)));
          one.remove("failure");
        });
  }

  /** A job made none. */
  void failed(String job, KibanException e) {
    notes.change(job, one -> one.put("failure", e.getMessage()));
  }
}
