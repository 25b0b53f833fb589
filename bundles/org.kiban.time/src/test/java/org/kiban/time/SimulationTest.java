package org.kiban.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kiban.core.ClockCheck.Judgement;
import org.kiban.time.vote.Judge;
import org.kiban.time.vote.Moment;
import org.kiban.time.vote.SampleFilter.Sample;
import org.kiban.time.vote.Vote;

/**
 * A million samples in worlds of virtual clocks: drift, asymmetric ways, smear days, jumps, a
 * machine that sleeps, and as many liars as the vote endures. Whatever happens, the true time is
 * within the bound that is claimed. {@code -Dkiban.time.seed} replays a world.
 */
class SimulationTest {

  private static final int SAMPLES = 1_000_000;
  private static final int ROUNDS_OF_A_WORLD = 200;
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1000 * MILLI;
  private static final int DRIFT_PPM = 100;
  private static final double SMEAR_PPM = 11.6;

  @Test
  void theClaimedBoundAlwaysHolds() {
    long seed = Long.getLong("kiban.time.seed", 20_261_123L);
    long samples = 0;
    long claims = 0;
    long narrow = 0;
    for (long world = seed; samples < SAMPLES; world++) {
      World w = new World(world);
      w.live();
      samples += w.samples;
      claims += w.claims;
      narrow += w.narrow;
    }
    // A bound that claims nothing, or nothing of use, would hold as well.
    assertThat(claims).isGreaterThan(samples / 10);
    assertThat(narrow).isGreaterThan(claims / 4);
  }

  /** One world. All times in nanoseconds. */
  private static final class World implements Watch.Events {

    private final long seed;
    private final Random random;
    private final boolean smearDay;
    private final boolean calm;
    private final Watch watch;
    private long truth = Moment.nanos(Instant.parse("2036-02-07T06:00:00Z"));
    private long system;
    private long steady;
    private double ppm;
    private long samples;
    private long claims;
    private long narrow;

    World(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.smearDay = random.nextInt(4) == 0;
      this.calm = random.nextBoolean();
      int n = 1 + random.nextInt(9);
      String[] lines = new String[n];
      for (int i = 0; i < n; i++) {
        boolean liar = i < (n - 1) / 2;
        lines[i] = (liar ? "liar" : "honest") + i + " 192.0.2." + (i + 1);
      }
      this.system = truth + random.nextLong(-SECOND, SECOND);
      this.watch =
          new Watch(
              () -> Instant.EPOCH.plusNanos(system),
              () -> steady,
              new Judge.Limits(DRIFT_PPM, SECOND, 64 * SECOND, 10 * MILLI),
              TimeSource.parse(lines),
              this::ask,
              this);
    }

    void live() {
      for (int round = 0; round < ROUNDS_OF_A_WORLD; round++) {
        ppm = (random.nextDouble() * 2 - 1) * (DRIFT_PPM - SMEAR_PPM);
        watch.look();
        watch.round();
        claim();
        pass(random.nextLong(16 * SECOND));
        claim();
        if (!calm && random.nextInt(20) == 0) {
          upset();
          claim();
        }
      }
    }

    /** The system's clock is set, by much or by little, or the machine sleeps. */
    private void upset() {
      switch (random.nextInt(3)) {
        case 0 -> system += random.nextLong(-SECOND, SECOND);
        case 1 -> system += random.nextLong(-20 * MILLI, 20 * MILLI);
        default -> {
          long slept = random.nextLong(100 * SECOND);
          truth += slept;
          system += slept;
        }
      }
    }

    private void pass(long nanos) {
      truth += nanos;
      long own = Math.round(nanos * (1 + (ppm + (smearDay ? SMEAR_PPM : 0)) / 1e6));
      system += own;
      steady += own;
    }

    private Sample ask(TimeSource source) {
      samples++;
      Moment at = new Moment(steady, system - steady);
      long asked = system;
      long root = random.nextLong(5 * MILLI);
      long error = root == 0 ? 0 : random.nextLong(-root, root + 1);
      if (source.name().startsWith("liar")) {
        error = lie(source);
      }
      pass(random.nextLong(100 * MILLI));
      long received = truth + error;
      pass(random.nextLong(MILLI));
      pass(random.nextLong(100 * MILLI));
      long arrived = steady + at.apart();
      long delay = Math.max(0, arrived - asked);
      return new Sample((received - asked + (received - arrived)) / 2, delay, root, at);
    }

    /** All liars alike, each for itself, or close by, where it hurts most. */
    private long lie(TimeSource source) {
      return switch (Math.floorMod(seed, 3)) {
        case 0 -> 250 * MILLI;
        case 1 -> random.nextLong(-SECOND, SECOND);
        default -> (source.name().hashCode() % 2 == 0 ? 1 : -1) * random.nextLong(60 * MILLI);
      };
    }

    private void claim() {
      Judgement judged = watch.judge();
      if (judged.bound().isEmpty()) {
        return;
      }
      claims++;
      long bound = judged.bound().get().toNanos();
      narrow += bound < 1200 * MILLI ? 1 : 0;
      assertThat(Math.abs(truth - system))
          .as("world %d, after %d samples", seed, samples)
          .isLessThanOrEqualTo(bound);
    }

    @Override
    public void jumped(double milliseconds) {
      // Counted by nobody.
    }

    @Override
    public void voted(Optional<Vote.Verdict> verdict, List<SourceView> sources, boolean news) {
      // Counted by nobody.
    }
  }
}
