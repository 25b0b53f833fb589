package org.kiban.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Check;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Subset;

/** A real process that is killed in the middle of a run leaves nothing that the next minds. */
class KillTest {

  private static final int FILES = 25;
  private static final int SIZE = 700_000;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void the_next_run_goes_on_where_a_killed_one_was(int packs) throws Exception {
    Path root = directory.resolve("repository");
    Path source = Files.createDirectory(directory.resolve("source"));
    for (int i = 0; i < FILES; i++) {
      Files.write(source.resolve("file" + i), Fixture.random(i, SIZE));
    }
    Fixture.create(root).close();

    killAfter(packs, root, source);

    Backend place = Fixture.backend(root);
    long before = place.list(Kind.PACK).stream().mapToLong(Backend.Entry::size).sum();
    assertThat(place.list(Kind.PACK)).hasSize(packs);
    assertThat(place.list(Kind.LOCK)).as("of the one that was killed").hasSize(1);
    assertThat(place.list(Kind.SNAPSHOT)).isEmpty();

    Backup.Result result = Fixture.save(root, source);

    assertThat(result.stored()).isLessThan((long) FILES * SIZE - before + 200_000);
    assertThat(place.list(Kind.LOCK)).isEmpty();
    try (Repository repository = Fixture.open(root).lock(true)) {
      assertThat(new Check(repository, new Progress()).run(Subset.ALL, 2)).isEmpty();
    }
    new StockRestic(root, Fixture.PASSWORD, directory).done("check", "--read-data");
    Path target = directory.resolve("restored");
    assertThat(Fixture.restore(root, result.snapshot().tree(), target).problems()).isEmpty();
    assertThat(Fixture.describe(target.resolve(Path.of("/").relativize(source))))
        .isEqualTo(Fixture.describe(source));
  }

  private static void killAfter(int packs, Path root, Path source) throws Exception {
    Process process = KilledBackup.start(List.of("-Xmx512m"), root, source, packs);
    try {
      while (packs(root) < packs) {
        assertThat(process.isAlive()).isTrue();
        Thread.onSpinWait();
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("killed, not ended").isEqualTo(128 + 9);
  }

  private static int packs(Path root) throws IOException {
    return Fixture.backend(root).list(Kind.PACK).size();
  }
}
