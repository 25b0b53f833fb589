package org.kiban.exchange.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;

/**
 * A new file that goes to the disk while it is still being written, step by step on a thread of its
 * own, so that little is left to wait for when it is whole. Used by one thread at a time.
 */
public final class GrowingFile extends OutputStream {

  private static final long STEP = 24 << 20;

  private final Path path;
  private final FileChannel channel;
  private final Semaphore steps = new Semaphore(0);
  private long written;
  private long asked;
  private Thread thread;
  private volatile boolean ended;
  private volatile IOException failure;

  /**
   * Makes the file.
   *
   * @param path must not exist
   */
  public GrowingFile(Path path) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Where it lies. */
  public Path path() {
    return path;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    check();
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    written += length;
    if (written - asked >= STEP) {
      asked = written;
      if (thread == null) {
        thread = Helper.start("sync", this::run);
      }
      steps.release();
    }
  }

  private void run() {
    while (true) {
      steps.acquireUninterruptibly();
      steps.drainPermits();
      if (ended || failure != null) {
        return;
      }
      try {
        channel.force(false);
      } catch (IOException e) {
        // Told once by the kernel: whoever commits must hear of it.
        failure = e;
      }
    }
  }

  private void check() throws IOException {
    if (failure != null) {
      throw new IOException(path + ": " + failure.getMessage(), failure);
    }
  }

  private void end() {
    ended = true;
    if (thread != null) {
      steps.release();
      Helper.join(thread);
    }
  }

  /** Ends the file; its content survives a power cut on return, its name after its directory's. */
  public void commit() throws IOException {
    end();
    check();
    channel.force(false);
    channel.close();
  }

  /** Removes the file. Does nothing after a commit. */
  public void discard() throws IOException {
    end();
    if (channel.isOpen()) {
      channel.close();
      Files.deleteIfExists(path);
    }
  }
}
