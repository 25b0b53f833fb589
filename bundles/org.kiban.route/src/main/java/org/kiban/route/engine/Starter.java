package org.kiban.route.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.kiban.route.RouteFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds and starts versions of route files. Safe for any thread. */
final class Starter {

  private static final Logger LOG = LoggerFactory.getLogger(Starter.class);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Site site;

  Starter(Site site) {
    this.site = site;
  }

  /**
   * Builds a version; nothing is taken in yet.
   *
   * @throws Exception if it cannot be; nothing of it is left then
   */
  Running build(RouteFile file) throws Exception {
    Meter meter = new Meter(site.clock());
    Keeper keeper = new Keeper(site.code(), file.name(), site.failed(), meter, site.clock());
    site.building().acquire();
    try {
      return Running.build(file, site.wall(), meter, keeper);
    } finally {
      site.building().release();
    }
  }

  /** Starts a version to take in; returns why it did not, and then nothing of it is left. */
  String begin(Running next) {
    try {
      next.begin();
      return null;
    } catch (Exception e) {
      LOG.debug("{} did not start", next, e);
      next.end();
      return Reasons.ofStart(e);
    }
  }

  /**
   * Watches a version through its grace time; returns why it is not well, or null. What ails it
   * only for a moment, such as one poll that failed, does not count, but at the end it does.
   */
  String watch(Running next, BooleanSupplier over) {
    long wellAt = System.nanoTime();
    long end = wellAt + site.settings().grace().toNanos();
    while (true) {
      String why = next.unwell(site.settings());
      if (why != null) {
        return why;
      }
      String ailment = next.ailing();
      long now = System.nanoTime();
      wellAt = ailment == null ? now : wellAt;
      if (ailment != null && (now >= end || now - wellAt >= BELIEVED_NANOS)) {
        return ailment;
      }
      if (now >= end || over.getAsBoolean()) {
        return null;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
