package org.kiban.time.sntp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.kiban.time.vote.Moment;
import org.kiban.time.vote.SampleFilter.Sample;

/** The 48 bytes of NTP version 4 (RFC 5905, section 7.3), without extensions. */
final class Packet {

  static final int BYTES = 48;

  private static final byte CLIENT_V4 = 0x23;
  private static final int SERVER = 4;
  private static final int UNSYNCHRONISED = 16;
  private static final int NO_LEAP_INFORMATION = 3;
  private static final int ORIGIN = 24;
  private static final int RECEIVED = 32;
  private static final int SENT = 40;
  private static final long START_OF_2026 = 1_767_225_600L;

  private Packet() {}

  /**
   * A question.
   *
   * @param cookie any random number; the answer repeats it, so that nobody can answer who has not
   *     seen the question, and the question does not tell the time of this node
   */
  static ByteBuffer question(long cookie) {
    ByteBuffer packet = ByteBuffer.allocate(BYTES);
    packet.put(0, CLIENT_V4).putLong(SENT, cookie);
    return packet;
  }

  /**
   * Reads an answer.
   *
   * @param packet the bytes, from 0 to its limit
   * @param cookie that of the question
   * @param asked the system's clock when the question left, in nanoseconds since 1970
   * @param arrived the same for the answer, by a clock that did not jump between
   * @param at the moment that the sample belongs to
   * @throws Unusable if it says nothing of the time
   */
  static Sample answer(ByteBuffer packet, long cookie, long asked, long arrived, Moment at)
      throws Unusable {
    check(packet, cookie);
    long near = Math.max(asked / 1_000_000_000L, START_OF_2026);
    long received = NtpTime.unixNanos(packet.getLong(RECEIVED), near);
    long sent = NtpTime.unixNanos(packet.getLong(SENT), near);
    long delay = arrived - asked - (sent - received);
    if (delay < 0 || sent < received) {
      throw new Unusable("negative delay of " + delay + " ns: its clock or ours jumped");
    }
    long offset = Math.addExact(received - asked, sent - arrived) / 2;
    long root = NtpTime.shortNanos(packet.getInt(4)) / 2 + NtpTime.shortNanos(packet.getInt(8));
    return new Sample(offset, delay, root, at);
  }

  private static void check(ByteBuffer packet, long cookie) throws Unusable {
    if (packet.limit() < BYTES || (packet.get(0) & 7) != SERVER) {
      throw new Unusable("not an answer of an NTP server");
    }
    if (packet.getLong(ORIGIN) != cookie) {
      throw new Unusable("an answer to another question");
    }
    int stratum = packet.get(1) & 0xFF;
    if (stratum == 0) {
      byte[] code = new byte[4];
      packet.get(12, code);
      String kiss = new String(code, StandardCharsets.US_ASCII).replaceAll("[^A-Z]", "");
      throw new Unusable("sent away with " + kiss, kiss);
    }
    if (stratum >= UNSYNCHRONISED || (packet.get(0) >> 6 & 3) == NO_LEAP_INFORMATION) {
      throw new Unusable("not synchronised itself");
    }
    if (packet.getLong(RECEIVED) == 0 || packet.getLong(SENT) == 0) {
      throw new Unusable("an answer without times");
    }
  }
}
