package org.kiban.backup.repository;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Gathers blobs of one type into packs. Blobs of files go at random to one of two packs, so that
 * the sizes of their neighbours do not tell which file was stored. Safe for several threads.
 */
final class Packer {

  /** Stores a full pack. */
  @FunctionalInterface
  interface Saver {
    void save(Pack pack) throws IOException;
  }

  /** A pack that grows in memory. */
  final class Pack {
    final List<PackedBlob> blobs = new ArrayList<>();
    byte[] bytes;
    int length;

    private void add(BlobType type, Id id, byte[] sealed, int sealedLength, int plain) {
      room(sealedLength);
      System.arraycopy(sealed, 0, bytes, length, sealedLength);
      blobs.add(new PackedBlob(type, id, length, sealedLength, plain));
      length += sealedLength;
    }

    Pack() {
      this.bytes = buffers.take(1 << 16);
    }

    void room(int more) {
      int needed = length + more;
      if (needed > bytes.length) {
        byte[] larger = larger(needed);
        System.arraycopy(bytes, 0, larger, 0, length);
        release();
        bytes = larger;
      }
    }

    /** Small packs grow; one that will be full has the room of a full one, and no more. */
    private byte[] larger(int needed) {
      if (needed <= target / 4) {
        return buffers.take(Math.max(needed, 2 * bytes.length));
      }
      if (needed > full) {
        return new byte[needed + spare]; // one blob that is larger than a pack
      }
      byte[] used = whole.poll();
      return used == null ? new byte[full] : used;
    }

    /** Gives its memory to another. */
    void release() {
      if (bytes.length == full) {
        whole.add(bytes);
      } else if (bytes.length < full) {
        buffers.give(bytes);
      }
      bytes = null;
    }
  }

  /** Each blob of an open pack takes memory, and of tiny ones a pack would hold 200,000. */
  private static final int MOST_BLOBS = 10_000;

  private static final int LEAST_SPARE = 2 << 20;

  private final BlobType type;
  private final Buffers buffers;
  private final Queue<byte[]> whole = new ConcurrentLinkedQueue<>();
  private final Saver saver;
  private final Pack[] open;
  private final Object[] locks;
  private final Random random = new Random();
  private final int target;
  private final int spare;
  private final int full;

  Packer(BlobType type, int target, Buffers buffers, Saver saver) {
    this.target = target;
    this.spare = Math.max(target / 8, LEAST_SPARE);
    this.full = target + spare;
    this.buffers = buffers;
    this.type = type;
    this.saver = saver;
    this.open = new Pack[type == BlobType.DATA ? 2 : 1];
    this.locks = new Object[open.length];
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new Object();
    }
  }

  /** Adds a blob; stores the pack that it fills, and before that one that it does not fit into. */
  void add(Id id, byte[] sealed, int length, int plain) throws IOException {
    int which = open.length == 1 ? 0 : random.nextInt(open.length);
    List<Pack> done = new ArrayList<>(0);
    synchronized (locks[which]) {
      if (open[which] != null && open[which].length + length > target + spare / 2) {
        done.add(close(which));
      }
      if (open[which] == null) {
        open[which] = new Pack();
      }
      open[which].add(type, id, sealed, length, plain);
      if (open[which].length >= target || open[which].blobs.size() >= MOST_BLOBS) {
        done.add(close(which));
      }
    }
    for (Pack pack : done) {
      saver.save(pack);
    }
  }

  private Pack close(int which) {
    Pack pack = open[which];
    open[which] = null;
    return pack;
  }

  /** Stores what is not full. */
  void flush() throws IOException {
    for (int i = 0; i < open.length; i++) {
      Pack pack;
      synchronized (locks[i]) {
        pack = close(i);
      }
      if (pack != null) {
        saver.save(pack);
      }
    }
  }
}
