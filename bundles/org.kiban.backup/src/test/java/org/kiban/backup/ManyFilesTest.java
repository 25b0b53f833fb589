package org.kiban.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Repository;

/** Files by the million take no more memory than there is; here fewer, in less. */
class ManyFilesTest {

  private static final int FILES = Integer.getInteger("kiban.backup.files", 5_000);
  private static final int HEAP = Integer.getInteger("kiban.backup.heap-mib", 64);
  private static final int IN_EACH = 1_000;

  @TempDir private Path directory;

  @Test
  void givenManyFilesWhenSavedWithLittleMemoryThenAllAreThere() throws Exception {
    // given
    Path source = Files.createDirectory(directory.resolve("source"));
    for (int i = 0; i < FILES; i++) {
      Path below = source.resolve("d" + i / IN_EACH);
      if (i % IN_EACH == 0) {
        Files.createDirectory(below);
      }
      Files.writeString(below.resolve("住民" + i + ".csv"), i + ",倉敷\r\n");
    }
    Path root = directory.resolve("repository");
    Fixture.create(root).close();

    // when
    Process process =
        KilledBackup.start(List.of("-XX:+UseSerialGC", "-Xmx" + HEAP + "m"), root, source, FILES);

    // then
    assertThat(process.waitFor()).isZero();
    try (Repository repository = Fixture.open(root).lock(false)) {
      repository.loadIndex();
      assertThat(repository.index().count(BlobType.DATA)).isEqualTo(FILES);
      assertThat(repository.snapshots()).hasSize(1);
    }
  }
}
