package org.kiban.storage;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Writes what lies in memory to the disk past the system's memory of files. It must be handed over
 * in whole blocks that lie at whole blocks, so the last one is filled up and the file cut
 * afterwards. Safe for several threads.
 */
final class DirectWriter {

  private static final int BLOCK = 4096;
  private static final int SLICE = 1 << 20;
  private static final int KEPT = 2;

  private final Queue<ByteBuffer> slices = new ArrayBlockingQueue<>(KEPT);

  /**
   * Writes and syncs.
   *
   * @param file one that is there; nothing of what is in it stays
   * @throws ClosedByInterruptException if the thread was interrupted; the file is not whole
   * @throws IOException also if the file system has no such way, or other blocks
   */
  void write(Path file, byte[] content, int length) throws IOException {
    ByteBuffer slice = slices.poll();
    if (slice == null) {
      slice = ByteBuffer.allocateDirect(SLICE + BLOCK).alignedSlice(BLOCK).slice(0, SLICE);
    }
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT)) {
      for (int done = 0; done < length; done += SLICE) {
        slice.clear();
        slice.put(content, done, Math.min(SLICE, length - done));
        slice.position((slice.position() + BLOCK - 1) / BLOCK * BLOCK);
        slice.flip();
        while (slice.hasRemaining()) {
          out.write(slice);
        }
      }
      out.truncate(length);
      out.force(true);
    } finally {
      slices.offer(slice);
    }
  }
}
