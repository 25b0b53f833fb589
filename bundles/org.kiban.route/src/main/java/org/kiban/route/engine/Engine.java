package org.kiban.route.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.route.RouteMessage;
import org.kiban.route.api.RouteState;
import org.kiban.route.folder.Scan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the contexts of one municipality equal to its files, round after round, each route file
 * apart from the others. Safe for any thread.
 */
final class Engine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final long COUNTDOWN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Site site;
  private final Map<String, Line> lines = new ConcurrentSkipListMap<>();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private volatile boolean looked;
  private volatile String problem = "";
  private long saidAt = System.nanoTime();

  Engine(Site site) {
    this.site = site;
  }

  Site site() {
    return site;
  }

  /** Goes round until told to stop. */
  void run(CountDownLatch stop) {
    do {
      try {
        round();
        countdown();
      } catch (RuntimeException e) {
        LOG.error(
            "{} {}",
            RouteMessage.BUG.code(),
            RouteMessage.BUG.text(Locale.ENGLISH, site.code(), "*", "look around"),
            e);
      }
    } while (!stopped(stop));
  }

  private boolean stopped(CountDownLatch stop) {
    try {
      return stop.await(site.settings().scan().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Looks at the folder once and lets every route file that needs it come to terms with it. */
  void round() {
    Scan scan = scan();
    if (scan == null) {
      return;
    }
    Set<String> names = new HashSet<>(site.history().names());
    names.addAll(scan.files().keySet());
    names.addAll(scan.wrong().keySet());
    names.addAll(lines.keySet());
    names.removeIf(name -> scan.gone(name) && !lines.containsKey(name) && !known(name));
    for (String name : names) {
      Line line = lines.computeIfAbsent(name, n -> new Line(site, n));
      if (!line.settled() && busy.add(name)) {
        submit(line);
      }
    }
    looked = true;
  }

  private boolean known(String name) {
    Past past = site.history().of(name);
    return past.current() != null || past.stopped();
  }

  private Scan scan() {
    try {
      Scan scan = site.folder().scan();
      problem = "";
      return scan;
    } catch (NoSuchFileException e) {
      boolean none = lines.isEmpty() && site.history().names().stream().noneMatch(this::known);
      problem = none ? "" : RouteMessage.NOT_READ.text(Locale.ENGLISH, e.getFile(), "not there");
      looked = none;
    } catch (IOException e) {
      problem = RouteMessage.NOT_READ.text(Locale.ENGLISH, "etc/routes", e.getMessage());
    }
    return null;
  }

  private void submit(Line line) {
    try {
      site.threads().execute(() -> settle(line));
    } catch (RejectedExecutionException e) {
      LOG.debug("{} is not looked at any more", line.name());
    }
  }

  private void settle(Line line) {
    try {
      if (!line.settle()) {
        lines.remove(line.name(), line);
      }
    } catch (UncheckedIOException e) {
      problem = RouteMessage.NO_JOURNAL.text(Locale.ENGLISH, site.code(), e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      RouteMessage bug = RouteMessage.BUG;
      String text = bug.text(Locale.ENGLISH, site.code(), line.name(), "settle");
      LOG.error("{} {}", bug.code(), text, e);
    } finally {
      busy.remove(line.name());
    }
  }

  /** Says once a second what a drain waits for. */
  private void countdown() {
    if (System.nanoTime() - saidAt < COUNTDOWN_NANOS) {
      return;
    }
    saidAt = System.nanoTime();
    for (Line line : lines.values()) {
      if (line.board().state() == RouteState.DRAINING) {
        String text =
            RouteMessage.DRAINS.text(Locale.ENGLISH, site.code(), line.name(), line.inFlight());
        LOG.info("{} {}", RouteMessage.DRAINS.code(), text);
      }
    }
  }

  Collection<Line> lines() {
    return lines.values();
  }

  /** The line of a name that is there. */
  Line require(String name) {
    Line line = lines.get(name);
    if (line == null) {
      throw new KibanException(Outcome.USAGE, RouteMessage.UNKNOWN, site.code(), name);
    }
    return line;
  }

  /** The line of a name, if it is there. */
  Optional<Line> find(String name) {
    return Optional.ofNullable(lines.get(name));
  }

  /** The line of a name that comes now. */
  Line open(String name) {
    return lines.computeIfAbsent(name, n -> new Line(site, n));
  }

  /** Forgets a line whose file is gone. */
  void forget(Line line) {
    lines.remove(line.name(), line);
  }

  /** Whether the folder was looked at once. */
  boolean looked() {
    return looked;
  }

  /** What keeps all routes from being looked after; empty if nothing does. */
  String problem() {
    return problem;
  }

  /** Drains and ends everything, all at once; the journal stays open. */
  @Override
  public void close() {
    List<Thread> closers =
        lines.values().stream()
            .map(line -> new Thread(line::close, Thread.currentThread().getName() + "-end"))
            .toList();
    closers.forEach(Thread::start);
    for (Thread closer : closers) {
      try {
        closer.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
