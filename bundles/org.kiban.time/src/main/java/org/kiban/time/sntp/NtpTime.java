package org.kiban.time.sntp;

/** NTP's 64-bit time (RFC 5905, section 6) beside nanoseconds since 1970. */
final class NtpTime {

  private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
  private static final long ERA = 1L << 32;
  private static final long NANOS = 1_000_000_000L;

  private NtpTime() {}

  /**
   * Nanoseconds since 1970. NTP's seconds begin anew every 136 years (next on 2036-02-07): of all
   * that a value can mean, the time closest to one that is about right is taken.
   *
   * @param ntp seconds since 1900 in the upper half, their fraction in the lower
   * @param nearSeconds a time within 68 years of it, in seconds since 1970
   */
  static long unixNanos(long ntp, long nearSeconds) {
    long first = (ntp >>> 32) - SECONDS_1900_TO_1970;
    long era = Math.floorDiv(nearSeconds - first + ERA / 2, ERA);
    long fraction = (ntp & 0xFFFFFFFFL) * NANOS >>> 32;
    return (first + era * ERA) * NANOS + fraction;
  }

  /** A short time of 16 bits of seconds and 16 of fraction, in nanoseconds. */
  static long shortNanos(int value) {
    return (value & 0xFFFFFFFFL) * NANOS >>> 16;
  }
}
