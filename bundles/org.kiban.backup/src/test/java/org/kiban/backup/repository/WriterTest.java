package org.kiban.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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

  @Test
  void tiny_blobs_do_not_gather_in_memory() throws Exception {
    // given
    int count = 25_000;

    // when
    try (Repository repository = Fixture.create(directory.resolve("tiny")).lock(false)) {
      repository.loadIndex();
      try (Writer writer = repository.writer(false)) {
        for (int i = 0; i < count; i++) {
          byte[] blob = {(byte) i, (byte) (i >> 8)};
          writer.add(BlobType.DATA, blob, blob.length);
        }
        writer.flush();
      }

      // then
      Map<Integer, Integer> blobs = new HashMap<>();
      repository
          .index()
          .each(BlobType.DATA, (id, where) -> blobs.merge(where.pack(), 1, Integer::sum));
      assertThat(blobs.values()).allMatch(n -> n <= 10_000);
      assertThat(blobs.values().stream().mapToInt(n -> n).sum()).isEqualTo(count);
    }
  }
}
