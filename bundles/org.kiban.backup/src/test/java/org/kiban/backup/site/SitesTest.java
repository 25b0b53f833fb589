package org.kiban.backup.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.job.Notes;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.storage.DurableFilesComponent;

class SitesTest {

  private static final Instant FIRST = Instant.parse("2026-11-23T02:15:00Z");

  @TempDir Path folder;
  private final List<String> copied = new ArrayList<>();
  private final List<String> down = new ArrayList<>(List.of("/osaka"));
  private Instant now = FIRST.plusSeconds(60);

  @Test
  void givenAPlaceThatIsDownThenTheOtherIsReachedAndItIsTriedAgainUntilItIsThere() {
    sites().bring(FIRST);
    assertThat(copied).containsExactly("/tokyo");
    assertThat(sites().states())
        .extracting(Sites.State::location, Sites.State::newest)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("/osaka", null),
            org.assertj.core.groups.Tuple.tuple("/tokyo", FIRST));
    assertThat(sites().states().get(0).failure()).contains("KBN-BACKUP-007");

    now = now.plus(Duration.ofMinutes(9));
    down.clear();
    sites().tryAgain(FIRST);
    assertThat(copied).as("not yet").containsExactly("/tokyo");
    now = now.plus(Duration.ofMinutes(1));
    sites().tryAgain(FIRST);
    sites().tryAgain(FIRST);
    assertThat(copied).containsExactly("/tokyo", "/osaka");
    assertThat(sites().states().get(0).failure()).isEmpty();
  }

  /** A new one each time: only the notes last. */
  private Sites sites() {
    return new Sites(
        List.of("/osaka", "/tokyo"),
        new Notes(new DurableFilesComponent(), folder.resolve("sites.json")),
        () -> now,
        location -> {
          if (down.contains(location)) {
            throw new KibanException(Outcome.FAILED, BackupMessage.UNREACHABLE, location, "down");
          }
          copied.add(location);
        });
  }
}
