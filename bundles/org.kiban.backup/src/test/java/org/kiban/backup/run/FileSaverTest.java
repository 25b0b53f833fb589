package org.kiban.backup.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.Fixture;
import org.kiban.backup.backend.ForwardingBackend;
import org.kiban.backup.chunk.Chunker;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Writer;

/** What a file that cannot be read to its end held of the memory, others get. */
class FileSaverTest {

  @TempDir private Path directory;
  private Path large;
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch arrived = new CountDownLatch(1);

  @BeforeEach
  void givenMoreThanTheMemoryOfARun() throws IOException {
    large = Files.write(directory.resolve("large"), Fixture.random(1, 160 << 20));
    Fixture.create(directory.resolve("repository")).close();
  }

  @Test
  void a_broken_file_gives_its_memory_back() throws Exception {
    try (Repository repository = openBehindTheGate().lock(false)) {
      repository.loadIndex();
      Chunker chunker = new Chunker(repository.config().polynomial());
      AtomicReference<Thread> thread = new AtomicReference<>();
      ExecutorService reader = Executors.newSingleThreadExecutor();
      try (Writer writer = repository.writer(false);
          FileSaver saver = new FileSaver(writer, chunker, new Progress(), 1)) {
        Future<FileSaver.Content> broken =
            reader.submit(
                () -> {
                  thread.set(Thread.currentThread());
                  return saver.save(large, 160 << 20);
                });
        arrived.await();
        while (thread.get().getState() != Thread.State.WAITING) {
          Thread.onSpinWait(); // until all memory is taken by pieces that nobody has begun
        }
        reader.shutdownNow(); // ends it in the middle of the file, as a broken medium does
        assertThatThrownBy(() -> FileSaver.await(broken))
            .isInstanceOfAny(
                InterruptedIOException.class, java.nio.channels.ClosedByInterruptException.class);
        gate.countDown();

        ExecutorService next = Executors.newSingleThreadExecutor();
        Future<FileSaver.Content> again = next.submit(() -> saver.save(large, 160 << 20));
        assertThat(again.get(60, TimeUnit.SECONDS).size()).isEqualTo(160 << 20);
        next.shutdownNow();
        writer.flush();
      }
    }
  }

  /** Packs wait there, so that pieces wait for packs and hold their memory. */
  private Repository openBehindTheGate() throws IOException {
    return Repositories.open(
        new ForwardingBackend(Fixture.backend(directory.resolve("repository"))) {
          @Override
          public void save(Kind kind, String name, byte[] content, int length) throws IOException {
            if (kind == Kind.PACK) {
              arrived.countDown();
              try {
                gate.await();
              } catch (InterruptedException e) {
                throw new InterruptedIOException();
              }
            }
            super.save(kind, name, content, length);
          }
        },
        Fixture.SETTINGS,
        Fixture.password());
  }
}
