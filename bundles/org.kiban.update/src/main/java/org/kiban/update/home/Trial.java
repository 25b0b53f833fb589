package org.kiban.update.home;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks twice a second at a node that runs a version on trial, until it is kept or given up. */
public final class Trial implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);
  private static final int LOOK_MILLIS = 500;

  private final Upgrade upgrade;
  private final Runnable kept;
  private final Gate gate;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "kiban-update-2"));

  /**
   * Begins to look.
   *
   * @param settle how long nothing may be missing
   * @param kept called once it is
   */
  public Trial(Upgrade upgrade, Duration settle, Runnable kept) {
    this.upgrade = upgrade;
    this.kept = kept;
    Duration limit =
        Duration.ofSeconds(upgrade.limitOfTrial())
            .minusMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    this.gate = new Gate(limit, settle, System::nanoTime);
    timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      boolean starting = upgrade.isStarting();
      List<String> missing = starting ? List.of("it is starting") : upgrade.missing();
      switch (gate.judge(starting, missing)) {
        case KEEP -> keep();
        case GIVE_UP -> giveUp(missing);
        default -> LOG.debug("on trial: {}", missing);
      }
    } catch (RuntimeException e) {
      LOG.warn("the next look tells: {}", e.toString(), e);
    }
  }

  private void keep() {
    timer.shutdown();
    upgrade.keep();
    LOG.info("version {} is kept", upgrade.version());
    kept.run();
    upgrade.tidy();
  }

  private void giveUp(List<String> missing) {
    timer.shutdown();
    LOG.error("version {} is not kept: {}", upgrade.version(), missing);
    upgrade.giveUp(String.join("; ", missing));
    upgrade.restart();
  }

  /** Stops looking; the launcher goes back then, since nothing was kept. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
