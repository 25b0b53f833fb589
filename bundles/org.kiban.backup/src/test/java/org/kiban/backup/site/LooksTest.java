package org.kiban.backup.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.Fixture;
import org.kiban.backup.job.Notes;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.storage.DurableFilesComponent;

/** What is remembered of a place between looks at it. */
class LooksTest {

  private static final String PLACE = "/mnt/osaka";

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-11-23T02:15:00Z");

  @Test
  void givenAPlaceNobodyLookedAtThenNothingIsKnown() {
    assertThat(looks().of(PLACE)).isEqualTo(new Looks.Look(-1, -1, 0, null, false, null));
  }

  @Test
  void givenSavingsOfSeveralDaysThenTheGrowthIsThatOfTheLastSeven() throws IOException {
    Path place = folder.resolve("repository");
    Fixture.create(place).close();
    grow(place, 1);
    now = now.plus(Duration.ofDays(5));
    grow(place, 2);
    Looks.Look first = looks().of(PLACE);
    assertThat(first.snapshots()).isEqualTo(2);
    assertThat(first.grownBytes()).isBetween(1_000_000L, 1_100_000L);
    now = now.plus(Duration.ofDays(3));
    grow(place, 3);
    assertThat(looks().of(PLACE).grownBytes())
        .as("the first day is no longer in it")
        .isBetween(1_000_000L, 1_100_000L);
    assertThat(looks().of(PLACE).storedBytes()).isGreaterThan(3_000_000);
  }

  @Test
  void givenDamageThenTheSnapshotThatWasVerifiedBeforeStaysTheNewest() throws IOException {
    Path place = folder.resolve("repository");
    Fixture.create(place).close();
    Snapshot good = grow(place, 1);
    looks().checked(PLACE, List.of(good), false);
    now = now.plusSeconds(60);
    looks().checked(PLACE, List.of(), true);
    assertThat(looks().of(PLACE))
        .extracting(Looks.Look::verified, Looks.Look::damaged, Looks.Look::checked)
        .containsExactly(good.time(), true, now);
  }

  private Snapshot grow(Path place, int seed) throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    Files.write(source.resolve("f" + seed), Fixture.random(seed, 1_000_000));
    Snapshot saved = Fixture.save(place, source).snapshot();
    try (Repository repository = Fixture.open(place)) {
      looks().measure(PLACE, repository);
    }
    return saved;
  }

  /** A new one each time: only the notes last. */
  private Looks looks() {
    return new Looks(
        new Notes(new DurableFilesComponent(), folder.resolve("places.json")), () -> now);
  }
}
