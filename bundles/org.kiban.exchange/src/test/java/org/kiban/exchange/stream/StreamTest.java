package org.kiban.exchange.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that go from thread to thread: all of them, in order, with their failures, and no end. */
@Timeout(60)
class StreamTest {

  @TempDir Path directory;

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.matches(Thread.currentThread().getName() + "-(read|write|sync)"));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** A stream that goes on for ever and counts. */
  private static final class Endless extends InputStream {
    final AtomicLong given = new AtomicLong();
    boolean closed;

    @Override
    public int read() {
      given.incrementAndGet();
      return 7;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      given.addAndGet(length);
      return length;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void whatIsReadAheadIsWhatWasThere() throws IOException {
    for (int length : new int[] {0, 1, Block.SIZE - 1, Block.SIZE, 50 * Block.SIZE + 3}) {
      byte[] content = random(length);
      try (ReadAhead in = new ReadAhead(new ByteArrayInputStream(content))) {
        assertThat(in.readAllBytes()).isEqualTo(content);
        assertThat(in.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void readingAheadFailsWhereTheSourceFailed() throws IOException {
    InputStream failing =
        new InputStream() {
          private int left = 30 * Block.SIZE;

          @Override
          public int read() throws IOException {
            if (left-- == 0) {
              throw new IOException("the cable");
            }
            return 1;
          }
        };
    try (ReadAhead in = new ReadAhead(failing)) {
      // More blocks than there are: the last one was used before.
      assertThat(in.readNBytes(30 * Block.SIZE)).hasSize(30 * Block.SIZE);
      assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessage("the cable");
      assertThatThrownBy(in::read).hasMessage("the cable");
    }
  }

  @Test
  void aReaderThatGivesUpStopsTheSourceSoon() throws IOException {
    Endless endless = new Endless();
    try (ReadAhead in = new ReadAhead(endless)) {
      assertThat(in.read()).isNotNegative();
    }
    assertThat(endless.closed).isTrue();
    assertThat(endless.given.get()).isLessThanOrEqualTo((Block.MOST + 2L) * Block.SIZE);
  }

  @Test
  void whatIsWrittenBehindIsWhatWasGiven() throws IOException {
    byte[] content = random(40 * Block.SIZE + 5);
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (WriteBehind out = new WriteBehind(target)) {
      out.write(content[0]);
      for (int at = 1; at < content.length; at += 100_001) {
        out.write(content, at, Math.min(100_001, content.length - at));
      }
      out.finish();
      assertThat(target.toByteArray()).isEqualTo(content);
    }
  }

  @Test
  void aFailureToWriteIsToldByTheNextCallsAndByTheEnd() throws IOException {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space");
          }
        };
    try (WriteBehind out = new WriteBehind(full)) {
      out.write(random(10));
      assertThatThrownBy(out::finish).isInstanceOf(IOException.class).hasMessage("no space");
    }
    try (WriteBehind out = new WriteBehind(full)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  out.write(random(Block.SIZE));
                }
              })
          .hasMessage("no space");
    }
  }

  @Test
  void whatIsNotFinishedIsDropped() throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (WriteBehind out = new WriteBehind(target)) {
      out.write(random(10));
    }
    assertThat(target.size()).isZero();
  }

  @Test
  void anInterruptDisturbsNothingAndStays() throws IOException {
    byte[] content = random(60 * Block.SIZE);
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    Thread.currentThread().interrupt();
    try (ReadAhead in = new ReadAhead(new ByteArrayInputStream(content));
        WriteBehind out = new WriteBehind(target)) {
      in.transferTo(out);
      out.finish();
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(target.toByteArray()).isEqualTo(content);
  }

  @Test
  void aFileThatGrewIsWholeAfterItsCommit() throws IOException {
    byte[] content = random(30 << 20);
    Path path = directory.resolve("a");
    GrowingFile file = new GrowingFile(path);
    for (int at = 0; at < content.length; at += 1 << 16) {
      file.write(content, at, Math.min(1 << 16, content.length - at));
    }
    file.commit();
    file.discard();
    assertThat(path).hasBinaryContent(content);
    assertThatThrownBy(() -> new GrowingFile(path)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void nothingIsLeftOfADiscardedFile() throws IOException {
    GrowingFile file = new GrowingFile(directory.resolve("a"));
    file.write(random(60 << 20));
    file.discard();
    assertThat(Files.exists(directory.resolve("a"))).isFalse();
  }
}
