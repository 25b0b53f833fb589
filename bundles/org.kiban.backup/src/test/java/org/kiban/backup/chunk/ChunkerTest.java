package org.kiban.backup.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cuts where the plain definition says, however the bytes arrive. */
class ChunkerTest {

  private static final long POLYNOMIAL = 0x3DA3358B4DC173L;

  @Test
  void cuts_as_the_definition_says() {
    byte[] file = new byte[12_000_000];
    new Random(7).nextBytes(file);
    Chunker chunker = new Chunker(POLYNOMIAL);

    List<Integer> lengths = new ArrayList<>();
    for (int from = 0; from < file.length; ) {
      int cut = chunker.cut(file, from, 0, file.length, true);
      assertThat(cut).isEqualTo(slow(file, from));
      lengths.add(cut);
      from += cut;
    }
    assertThat(lengths).hasSizeGreaterThan(4);
  }

  @Test
  void cuts_at_the_same_place_however_the_bytes_arrive() {
    byte[] file = new byte[12_000_000];
    new Random(8).nextBytes(file);
    Chunker chunker = new Chunker(POLYNOMIAL);

    for (int step : new int[] {77_777, 262_144, 600_000, 4_000_001}) {
      int to = 0;
      for (int from = 0; from < file.length; ) {
        int right = chunker.cut(file, from, 0, file.length, true);
        int cut = -1;
        for (int known = 0; cut < 0; to += cut < 0 ? step : 0) {
          to = Math.min(to, file.length);
          cut = chunker.cut(file, from, known, to, to == file.length);
          known = to - from;
        }
        assertThat(cut).as("from %d in steps of %d", from, step).isEqualTo(right);
        from += cut;
      }
    }
  }

  @Test
  void asks_for_more_rather_than_cut_too_early() {
    byte[] file = new byte[3_000_000];
    new Random(8).nextBytes(file);
    Chunker chunker = new Chunker(POLYNOMIAL);
    int right = chunker.cut(file, 0, 0, file.length, true);

    for (int to = 0; to < right; to += 77_777) {
      assertThat(chunker.cut(file, 0, 0, to, false)).isEqualTo(-1);
    }
    assertThat(chunker.cut(file, 0, 0, right, true)).isEqualTo(right);
  }

  @Test
  void cuts_zeros_at_the_minimum_and_everything_at_the_maximum() {
    Chunker chunker = new Chunker(POLYNOMIAL);
    assertThat(chunker.cut(new byte[1_000_000], 0, 0, 1_000_000, true)).isEqualTo(Chunker.MIN);
    byte[] ones = new byte[9_000_000];
    java.util.Arrays.fill(ones, (byte) 1);
    int cut = chunker.cut(ones, 0, 0, ones.length, true);
    assertThat(cut).isIn(Chunker.MIN, Chunker.MAX);
  }

  /** The fingerprint of the last 64 bytes, one byte in and one out, by polynomial division. */
  private static int slow(byte[] in, int from) {
    long[] out = new long[256];
    for (int b = 0; b < 256; b++) {
      out[b] = b;
      for (int i = 0; i < 63; i++) {
        out[b] = Polynomial.mod(out[b] << 8, POLYNOMIAL);
      }
    }
    int limit = Math.min(in.length - from, Chunker.MAX);
    long print = 0;
    for (int i = from + Chunker.MIN - 64; i < from + limit; i++) {
      if (i >= from + Chunker.MIN) {
        print ^= out[in[i - 64] & 0xff];
      }
      print = Polynomial.mod(print << 8 | in[i] & 0xff, POLYNOMIAL);
      if (i >= from + Chunker.MIN - 1 && (print & 0xFFFFF) == 0) {
        return i + 1 - from;
      }
    }
    return limit;
  }

  @Test
  void chooses_irreducible_polynomials_of_the_right_degree() {
    assertThat(Polynomial.isIrreducible(POLYNOMIAL)).isTrue();
    assertThat(Polynomial.isIrreducible(POLYNOMIAL ^ 2)).isFalse();
    for (int i = 0; i < 20; i++) {
      long p = Polynomial.random(new SecureRandom());
      assertThat(Polynomial.degree(p)).isEqualTo(53);
      assertThat(Polynomial.isIrreducible(p)).isTrue();
    }
  }
}
