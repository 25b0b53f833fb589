package org.kiban.backup.repository;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Compression with zstd. Its native memory is kept for the next call until {@link #close}. Safe for
 * several threads.
 */
public final class Codec implements AutoCloseable {

  private final int level;
  private final Queue<ZstdCompressCtx> compressors = new ConcurrentLinkedQueue<>();
  private final Queue<ZstdDecompressCtx> decompressors = new ConcurrentLinkedQueue<>();

  /**
   * A codec.
   *
   * @param level of zstd; 1 is fast, 3 usual, 19 slow
   */
  public Codec(int level) {
    this.level = level;
  }

  /** The most that a compressed piece of that length needs. */
  static int bound(int length) {
    return (int) Zstd.compressBound(length);
  }

  /** Compresses into an array that has room for {@link #bound}; returns the length. */
  int compress(byte[] in, int offset, int length, byte[] out, int at) {
    ZstdCompressCtx context = compressors.poll();
    if (context == null) {
      context = new ZstdCompressCtx();
      context.setLevel(level);
    }
    try {
      return context.compressByteArray(out, at, out.length - at, in, offset, length);
    } finally {
      compressors.add(context);
    }
  }

  /** Decompresses to exactly the length that is expected. */
  void decompress(byte[] in, int offset, int length, byte[] out, int expected, String file)
      throws DamagedException {
    ZstdDecompressCtx context = decompressors.poll();
    if (context == null) {
      context = new ZstdDecompressCtx();
    }
    try {
      int got = context.decompressByteArray(out, 0, expected, in, offset, length);
      if (got != expected) {
        throw new DamagedException(file, "decompresses to " + got + " bytes, not " + expected);
      }
    } catch (ZstdException e) {
      throw new DamagedException(file, "does not decompress: " + e.getMessage());
    } finally {
      decompressors.add(context);
    }
  }

  /** Decompresses what does not tell its length elsewhere. */
  byte[] decompress(byte[] in, int offset, String file) throws DamagedException {
    try (ZstdInputStream zstd =
        new ZstdInputStream(new ByteArrayInputStream(in, offset, in.length - offset))) {
      return zstd.readAllBytes();
    } catch (IOException e) {
      throw new DamagedException(file, "does not decompress: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    for (ZstdCompressCtx c = compressors.poll(); c != null; c = compressors.poll()) {
      c.close();
    }
    for (ZstdDecompressCtx d = decompressors.poll(); d != null; d = decompressors.poll()) {
      d.close();
    }
  }
}
