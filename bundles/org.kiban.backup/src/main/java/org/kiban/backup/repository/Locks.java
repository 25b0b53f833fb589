package org.kiban.backup.repository;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.backend.Backend;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.platform.remote.Waits;

/**
 * Locks of a repository as other tools respect them: many may read and add at a time, one alone may
 * remove. Ours are renewed every five minutes; once that has failed for 22 minutes the work must
 * end, because others may then take the lock for stale.
 */
final class Locks {

  private static final Duration SETTLE = Duration.ofMillis(200);
  private static final Duration RENEW = Duration.ofMinutes(5);
  private static final Duration LOST = Duration.ofMinutes(22);

  private final Repository repository;
  private final Backend backend;
  private final InstantSource clock;
  private final Waits.Pause pause;
  private final String host;

  Locks(
      Repository repository, Backend backend, InstantSource clock, Waits.Pause pause, String host) {
    this.repository = repository;
    this.backend = backend;
    this.clock = clock;
    this.pause = pause;
    this.host = host;
  }

  /** Takes a lock, or says who holds one. */
  Held take(boolean exclusive) throws IOException {
    refuse(exclusive, null);
    Held held = new Held(exclusive);
    held.write();
    try {
      // Someone who looked at the same moment has written by now.
      pause.pause(SETTLE);
      refuse(exclusive, held.name);
    } catch (KibanException | IOException e) {
      held.close();
      throw e;
    }
    held.renewal.scheduleWithFixedDelay(
        held::renew, RENEW.toSeconds(), RENEW.toSeconds(), TimeUnit.SECONDS);
    return held;
  }

  private void refuse(boolean exclusive, String mine) throws IOException {
    for (Backend.Entry entry : backend.list(Backend.Kind.LOCK)) {
      Lock lock = entry.name().equals(mine) ? null : read(entry.name());
      if (lock == null) {
        continue;
      }
      if (lock.isStale(clock.instant(), host)) {
        remove(entry.name());
      } else if (exclusive || lock.exclusive()) {
        throw new KibanException(
            Outcome.REFUSED,
            BackupMessage.LOCKED,
            backend.location(),
            lock.user() + '@' + lock.host() + " (pid " + lock.pid() + ')',
            lock.time(),
            entry.name().substring(0, 8));
      }
    }
  }

  private Lock read(String name) throws IOException {
    try {
      return Lock.parse(repository.loadUnpacked(Backend.Kind.LOCK, Id.parse(name)), name);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void remove(String name) throws IOException {
    try {
      backend.delete(Backend.Kind.LOCK, name);
    } catch (NoSuchFileException ignored) {
      return;
    }
  }

  /** Removes the locks of those who are gone, or all; returns how many. */
  int unlock(boolean all) throws IOException {
    int removed = 0;
    for (Backend.Entry entry : backend.list(Backend.Kind.LOCK)) {
      boolean gone;
      try {
        Lock lock = read(entry.name());
        gone = lock != null && lock.isStale(clock.instant(), host);
      } catch (DamagedException e) {
        gone = true;
      }
      if (all || gone) {
        remove(entry.name());
        removed++;
      }
    }
    return removed;
  }

  /** A lock that is held until it is closed. */
  final class Held implements AutoCloseable {

    private final boolean exclusive;
    private final ScheduledExecutorService renewal =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "kiban-backup-lock");
              thread.setDaemon(true);
              return thread;
            });
    private String name;
    private Instant written;

    private Held(boolean exclusive) {
      this.exclusive = exclusive;
    }

    private synchronized void write() throws IOException {
      Instant now = clock.instant();
      Lock lock =
          new Lock(
              now, exclusive, host, System.getProperty("user.name"), ProcessHandle.current().pid());
      String fresh = repository.saveUnpacked(Backend.Kind.LOCK, lock.bytes()).toString();
      String old = name;
      name = fresh;
      written = now;
      if (old != null) {
        remove(old);
      }
    }

    /** Whether nobody else is at work. */
    synchronized boolean alone() throws IOException {
      return backend.list(Backend.Kind.LOCK).stream().allMatch(e -> e.name().equals(name));
    }

    synchronized void renew() {
      if (renewal.isShutdown()) {
        return; // released meanwhile: a lock written now would stay
      }
      try {
        write();
      } catch (IOException | RuntimeException ignored) {
        return; // tried again; check() tells when it has failed for too long
      }
    }

    /** Refuses to go on once others may think that nobody is here. */
    synchronized void check() {
      if (Duration.between(written, clock.instant()).compareTo(LOST) > 0) {
        throw new KibanException(Outcome.FAILED, BackupMessage.LOCK_LOST, backend.location());
      }
    }

    @Override
    public void close() throws IOException {
      renewal.shutdownNow();
      synchronized (this) {
        remove(name);
      }
    }
  }
}
