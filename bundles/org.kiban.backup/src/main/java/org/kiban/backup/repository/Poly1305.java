package org.kiban.backup.repository;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The authenticator of RFC 8439 in three limbs of 44, 44 and 42 bits. A product of two limbs is
 * taken apart at bit 44 by shifting the factors before the high half is asked for, so that no
 * carries between 64-bit words are needed.
 */
final class Poly1305 {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long M44 = (1L << 44) - 1;
  private static final long M42 = (1L << 42) - 1;

  private Poly1305() {}

  /**
   * Computes a tag.
   *
   * @param r 16 bytes of the long-lived key, not clamped
   * @param s 16 bytes that are never used twice
   * @param tag 16 bytes are written here
   */
  static void tag(byte[] r, byte[] s, byte[] message, int offset, int length, byte[] tag) {
    long t0 = (long) LONG.get(r, 0);
    long t1 = (long) LONG.get(r, 8);
    long r0 = t0 & 0xffc0fffffffL;
    long r1 = ((t0 >>> 44) | (t1 << 20)) & 0xfffffc0ffffL;
    long r2 = (t1 >>> 24) & 0x00ffffffc0fL;
    long[] h = new long[3];
    int whole = length & ~15;
    blocks(h, r0, r1, r2, message, offset, whole, 1L << 40);
    if (whole < length) {
      byte[] last = new byte[16];
      System.arraycopy(message, offset + whole, last, 0, length - whole);
      last[length - whole] = 1;
      blocks(h, r0, r1, r2, last, 0, 16, 0);
    }
    finish(h, s, tag);
  }

  private static void blocks(
      long[] h, long r0, long r1, long r2, byte[] in, int offset, int length, long high) {
    long s1 = r1 * 20;
    long s2 = r2 * 20;
    long r0h = r0 << 14;
    long r1h = r1 << 14;
    long r2h = r2 << 14;
    long s1h = s1 << 14;
    long s2h = s2 << 14;
    long h0 = h[0];
    long h1 = h[1];
    long h2 = h[2];
    for (int i = offset; i < offset + length; i += 16) {
      long t0 = (long) LONG.get(in, i);
      long t1 = (long) LONG.get(in, i + 8);
      h0 += t0 & M44;
      h1 += ((t0 >>> 44) | (t1 << 20)) & M44;
      h2 += (t1 >>> 24) | high;
      long a = h0 << 6;
      long b = h1 << 6;
      long c = h2 << 6;
      long low0 = (h0 * r0 & M44) + (h1 * s2 & M44) + (h2 * s1 & M44);
      long low1 = (h0 * r1 & M44) + (h1 * r0 & M44) + (h2 * s2 & M44);
      long low2 = (h0 * r2 & M44) + (h1 * r1 & M44) + (h2 * r0 & M44);
      low1 +=
          Math.multiplyHigh(a, r0h)
              + Math.multiplyHigh(b, s2h)
              + Math.multiplyHigh(c, s1h)
              + (low0 >>> 44);
      low2 +=
          Math.multiplyHigh(a, r1h)
              + Math.multiplyHigh(b, r0h)
              + Math.multiplyHigh(c, s2h)
              + (low1 >>> 44);
      long carry =
          (Math.multiplyHigh(a, r2h) + Math.multiplyHigh(b, r1h) + Math.multiplyHigh(c, r0h) << 2)
              + (low2 >>> 42);
      h0 = (low0 & M44) + carry * 5;
      h1 = (low1 & M44) + (h0 >>> 44);
      h0 &= M44;
      h2 = low2 & M42;
    }
    h[0] = h0;
    h[1] = h1;
    h[2] = h2;
  }

  private static void finish(long[] h, byte[] s, byte[] tag) {
    long h0 = h[0];
    long h1 = h[1];
    long h2 = h[2];
    for (int i = 0; i < 2; i++) {
      h2 += h1 >>> 44;
      h1 &= M44;
      h0 += (h2 >>> 42) * 5;
      h2 &= M42;
      h1 += h0 >>> 44;
      h0 &= M44;
    }
    h2 += h1 >>> 44;
    h1 &= M44;
    // h - (2^130 - 5): taken if it is not negative
    long g0 = h0 + 5;
    long g1 = h1 + (g0 >>> 44);
    long g2 = h2 + (g1 >>> 44) - (1L << 42);
    long less = g2 >> 63;
    h0 = h0 & less | g0 & M44 & ~less;
    h1 = h1 & less | g1 & M44 & ~less;
    h2 = h2 & less | g2 & ~less;
    long s0 = (long) LONG.get(s, 0);
    long s1 = (long) LONG.get(s, 8);
    h0 += s0 & M44;
    h1 += (((s0 >>> 44) | (s1 << 20)) & M44) + (h0 >>> 44);
    h2 += (s1 >>> 24) + (h1 >>> 44);
    h0 &= M44;
    h1 &= M44;
    LONG.set(tag, 0, h0 | h1 << 44);
    LONG.set(tag, 8, h1 >>> 20 | h2 << 24);
  }
}
