package org.kiban.addon.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Putting add-ons in is tried ever more rarely, and a reason is told once. */
class RecoveryTest {

  private final Hand thread = new Hand();
  private final List<String> told = new ArrayList<>();
  private Callable<SortedMap<String, String>> attempt = TreeMap::new;
  private final Recovery recovery =
      new Recovery(() -> attempt.call(), thread, (why, seconds) -> told.add(why + " " + seconds));

  @AfterEach
  void end() {
    thread.shutdownNow();
  }

  /** Does at once what is to be done now, and what is to be done later when it is told to. */
  private static final class Hand extends ScheduledThreadPoolExecutor {
    private final List<Long> pauses = new ArrayList<>();
    private Runnable next;

    Hand() {
      super(1);
    }

    @Override
    public void execute(Runnable work) {
      work.run();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long pause, TimeUnit unit) {
      pauses.add(unit.toSeconds(pause));
      next = work;
      return null;
    }

    void passTime() {
      Runnable work = next;
      next = null;
      work.run();
    }
  }

  private static SortedMap<String, String> failed(String... ids) {
    SortedMap<String, String> failed = new TreeMap<>();
    List.of(ids).forEach(id -> failed.put(id, "waits"));
    return failed;
  }

  @Test
  void whatGoesWellIsDoneOnce() {
    recovery.begin();

    assertThat(recovery.isDone()).isTrue();
    assertThat(thread.pauses).isEmpty();
  }

  @Test
  void whatFailsIsTriedEverMoreRarelyAndToldOnce() {
    attempt =
        () -> {
          throw new IllegalStateException("no disk");
        };
    recovery.begin();
    for (int i = 0; i < 6; i++) {
      thread.passTime();
    }

    assertThat(thread.pauses).containsExactly(5L, 10L, 20L, 40L, 80L, 120L, 120L);
    assertThat(told).containsExactly("java.lang.IllegalStateException: no disk 5");
    assertThat(recovery.isDone()).isFalse();

    attempt =
        () -> {
          throw new IllegalStateException("damaged");
        };
    thread.passTime();
    assertThat(told).hasSize(2);
  }

  @Test
  void anAddonThatWaitsIsTriedAgainWhileTheOthersMayBeChanged() {
    attempt = () -> failed("jp.example.tea", "jp.example.cup");
    recovery.begin();

    assertThat(recovery.isDone()).isTrue();
    recovery.settled("jp.example.cup");
    assertThat(recovery.failed()).isEqualTo(Map.of("jp.example.tea", "waits"));

    attempt = TreeMap::new;
    thread.passTime();
    assertThat(recovery.failed()).isEmpty();
    assertThat(thread.next).isNull();
  }
}
