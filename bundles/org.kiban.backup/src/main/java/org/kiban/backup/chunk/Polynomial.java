package org.kiban.backup.chunk;

import java.security.SecureRandom;

/**
 * Arithmetic of polynomials over GF(2), one bit a coefficient, and the choice of a repository's.
 */
public final class Polynomial {

  /** The degree that the format demands. */
  public static final int DEGREE = 53;

  private Polynomial() {}

  /** A random irreducible one of degree 53. */
  public static long random(SecureRandom random) {
    while (true) {
      long p = random.nextLong() & ((1L << 54) - 1) | 1L << DEGREE | 1;
      if (isIrreducible(p)) {
        return p;
      }
    }
  }

  static int degree(long p) {
    return 63 - Long.numberOfLeadingZeros(p);
  }

  /** The rest of a division. */
  static long mod(long x, long p) {
    int degree = degree(p);
    long rest = x;
    for (int d = degree(rest); d >= degree; d = degree(rest)) {
      rest ^= p << d - degree;
    }
    return rest;
  }

  private static long multiply(long x, long y, long p) {
    int degree = degree(p);
    long product = 0;
    long power = x;
    for (long rest = y; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        product ^= power;
      }
      power <<= 1;
      if ((power >>> degree & 1) != 0) {
        power ^= p;
      }
    }
    return product;
  }

  private static long gcd(long x, long y) {
    long a = x;
    long b = y;
    while (b != 0) {
      long rest = degree(a) < degree(b) ? a : mod(a, b);
      a = b;
      b = rest;
    }
    return a;
  }

  /** Ben-Or's test. */
  public static boolean isIrreducible(long p) {
    if (degree(p) < 1) {
      return false;
    }
    long power = 2;
    for (int i = 1; i <= degree(p) / 2; i++) {
      power = multiply(power, power, p);
      if (gcd(p, power ^ 2) != 1) {
        return false;
      }
    }
    return true;
  }
}
