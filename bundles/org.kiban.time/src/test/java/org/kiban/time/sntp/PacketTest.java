package org.kiban.time.sntp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.kiban.time.vote.Moment;
import org.kiban.time.vote.SampleFilter.Sample;

class PacketTest {

  private static final long COOKIE = 0x1234_5678_9ABC_DEF0L;
  private static final Moment AT = new Moment(0, 0);
  private static final long NANOS = 1_000_000_000L;

  private static long ntp(Instant instant) {
    long seconds = instant.getEpochSecond() + 2_208_988_800L;
    return seconds << 32 | ((long) instant.getNano() << 32) / NANOS;
  }

  private static ByteBuffer answer(Instant received, Instant sent) {
    return ByteBuffer.allocate(48)
        .put(0, (byte) 0x24)
        .put(1, (byte) 2)
        .putInt(4, 1 << 15)
        .putInt(8, 1 << 14)
        .putLong(24, COOKIE)
        .putLong(32, ntp(received))
        .putLong(40, ntp(sent));
  }

  private static Sample read(ByteBuffer packet, Instant asked, Instant arrived) throws Unusable {
    return Packet.answer(packet, COOKIE, Moment.nanos(asked), Moment.nanos(arrived), AT);
  }

  @Test
  void offsetDelayAndDistanceAreThoseOfTheStandard() throws Unusable {
    // given a server 250 ms ahead, 10 ms there, 1 ms of work, 10 ms back
    Instant asked = Instant.parse("2026-11-23T00:00:00Z");
    ByteBuffer packet = answer(asked.plusMillis(260), asked.plusMillis(261));

    // when
    Sample sample = read(packet, asked, asked.plusMillis(21));

    assertThat(sample.offset()).isCloseTo(250_000_000L, within(2));
    assertThat(sample.delay()).isCloseTo(20_000_000L, within(2));
    // half of half a second, and a quarter
    assertThat(sample.rootDistance()).isEqualTo(500_000_000L);
  }

  private static org.assertj.core.data.Offset<Long> within(long nanos) {
    return org.assertj.core.api.Assertions.within(nanos);
  }

  @Test
  void theEraThatBeginsIn2036IsNoJump() throws Unusable {
    Instant asked = Instant.parse("2036-02-07T06:28:15.900Z");
    ByteBuffer packet = answer(asked.plusMillis(200), asked.plusMillis(201));

    assertThat(read(packet, asked, asked.plusMillis(3)).offset())
        .isCloseTo(199_000_000L, within(2));
    assertThat(NtpTime.unixNanos(ntp(Instant.parse("2040-01-01T00:00:00Z")), 2_208_988_800L))
        .isEqualTo(Moment.nanos(Instant.parse("2040-01-01T00:00:00Z")));
  }

  @Test
  void aClockThatWasResetTo1970IsToldTheYearAllTheSame() throws Unusable {
    Instant truth = Instant.parse("2037-01-01T00:00:00Z");

    Sample sample = read(answer(truth, truth), Instant.EPOCH, Instant.EPOCH.plusNanos(10));

    assertThat(sample.offset()).isCloseTo(Moment.nanos(truth), within(10));
  }

  @Test
  void anAnswerThatCameBeforeTheQuestionIsRefused() {
    Instant asked = Instant.parse("2026-11-23T00:00:00Z");

    assertThatThrownBy(() -> read(answer(asked, asked.plusMillis(30)), asked, asked.plusMillis(3)))
        .isInstanceOf(Unusable.class)
        .hasMessageContaining("negative delay");
  }

  @Test
  void aKissOfDeathIsUnderstood() {
    Instant t = Instant.parse("2026-11-23T00:00:00Z");
    ByteBuffer packet = answer(t, t).put(1, (byte) 0);
    packet.put(12, "RATE".getBytes());

    assertThatThrownBy(() -> read(packet, t, t))
        .isInstanceOfSatisfying(
            Unusable.class,
            e -> {
              assertThat(e.isSlowDown()).isTrue();
              assertThat(e.isGoAway()).isFalse();
            });
    packet.put(12, "DENY".getBytes());
    assertThatThrownBy(() -> read(packet, t, t))
        .isInstanceOfSatisfying(Unusable.class, e -> assertThat(e.isGoAway()).isTrue());
  }

  @Test
  void strangersAndServersWithoutTimeAreRefused() {
    Instant t = Instant.parse("2026-11-23T00:00:00Z");

    assertThatThrownBy(() -> read(answer(t, t).putLong(24, 1), t, t))
        .hasMessageContaining("another question");
    assertThatThrownBy(() -> read(answer(t, t).put(1, (byte) 16), t, t))
        .hasMessageContaining("not synchronised");
    assertThatThrownBy(() -> read(answer(t, t).put(0, (byte) 0xE4), t, t))
        .hasMessageContaining("not synchronised");
    assertThatThrownBy(() -> read(answer(t, t).put(0, (byte) 0x23), t, t))
        .hasMessageContaining("not an answer");
    assertThatThrownBy(() -> read(answer(t, t).limit(47), t, t))
        .hasMessageContaining("not an answer");
    assertThatThrownBy(() -> read(answer(t, t).putLong(40, 0), t, t))
        .hasMessageContaining("without times");
  }
}
