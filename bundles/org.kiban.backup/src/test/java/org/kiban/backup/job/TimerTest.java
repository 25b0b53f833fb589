package org.kiban.backup.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.BackupMessage;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.storage.DurableFilesComponent;

class TimerTest {

  @TempDir Path folder;
  private final List<String> ran = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T01:00:00Z");
  private boolean busy;

  private final Collection<Job> jobs =
      Jobs.of(new Values("file.json", Map.of("schedule", new String[] {"02:00"})), ZoneOffset.UTC)
          .values();

  @Test
  void givenANodeThatWasDownForDaysWhenStartedThenAMissedRunIsCaughtUpOnce() {
    look();
    assertThat(ran).as("a new job waits for its time").isEmpty();
    now = Instant.parse("2026-11-23T09:30:00Z");
    look();
    look();
    assertThat(ran).containsExactly("main");
    now = Instant.parse("2026-11-24T02:00:00Z");
    look();
    assertThat(ran).containsExactly("main", "main");
  }

  @Test
  void givenAnotherTaskAtWorkWhenDueThenItBeginsOnceThatHasEnded() {
    look();
    now = Instant.parse("2026-11-20T02:00:10Z");
    busy = true;
    look();
    assertThat(ran).isEmpty();
    busy = false;
    look();
    assertThat(ran).containsExactly("main");
  }

  /** Each look is a start of its own: only the record lasts. */
  private void look() {
    Records records =
        new Records(new Notes(new DurableFilesComponent(), folder.resolve("jobs.json")));
    try (Timer timer =
        new Timer(
            "332020",
            jobs,
            records,
            () -> now,
            job -> {
              if (busy) {
                throw new KibanException(Outcome.REFUSED, BackupMessage.BUSY, "332020");
              }
              records.begun(job.name(), now);
              ran.add(job.name());
            },
            () -> {})) {
      timer.look();
    }
  }
}
