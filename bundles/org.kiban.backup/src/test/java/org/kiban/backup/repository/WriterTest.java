package org.kiban.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.Fixture;

/** Nothing is believed to be stored that is not. */
class WriterTest {

  @TempDir private Path directory;

  @Test
  void a_blob_that_could_not_be_added_ends_the_run() throws Exception {
    Path root = directory.resolve("repository");
    byte[] blob = Fixture.random(1, 2 * Fixture.PACK); // fills a pack by itself
    try (Repository repository = Fixture.create(root).lock(false)) {
      repository.loadIndex();
      try (Writer writer = repository.writer(false)) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> writer.add(BlobType.DATA, blob, blob.length))
            .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();

        writer.add(BlobType.DATA, blob, blob.length); // somebody else has the same data

        assertThatThrownBy(writer::flush).isInstanceOf(IOException.class);
      }
    }
  }
}
