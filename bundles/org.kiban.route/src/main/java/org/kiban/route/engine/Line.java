package org.kiban.route.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kiban.core.Backoff;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.route.RouteFile;
import org.kiban.route.RouteMessage;
import org.kiban.route.api.RouteProblem;
import org.kiban.route.api.RouteState;
import org.kiban.route.engine.Past.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One route file: the version that runs, the swap to another, the way back. Changes come one at a
 * time ({@code synchronized}); reading waits for nothing.
 */
final class Line {

  private static final Logger LOG = LoggerFactory.getLogger(Line.class);
  private static final Duration RECHECK = Duration.ofSeconds(15);

  private final Site site;
  private final String name;
  private volatile Running running;
  private final Board board;
  private final Starter starter;
  private volatile boolean closing;
  private boolean retired;
  private String refused = "";
  private Instant recheckAt = Instant.EPOCH;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(2));

  Line(Site site, String name) {
    this.site = site;
    this.name = name;
    this.board = new Board(site.clock(), site.versions());
    this.starter = new Starter(site);
  }

  String name() {
    return name;
  }

  Board board() {
    return board;
  }

  /** Whether its file went; whoever wants the name again opens another line. */
  synchronized boolean retired() {
    return retired;
  }

  int inFlight() {
    Running now = running;
    return now == null ? 0 : now.inFlight();
  }

  Running running() {
    return running;
  }

  /** Tells whether {@link #settle} would have nothing to do. */
  boolean settled() {
    Running now = running;
    RouteFile file = site.folder().last().files().get(name);
    return now != null
        && file != null
        && board.state() == RouteState.RUNNING
        && board.problems().isEmpty()
        && now.digest().equals(file.digest())
        && now.dead() == null;
  }

  /**
   * Makes what runs equal to what lies in the folder.
   *
   * @return false if the file is gone, and with it everything else
   */
  synchronized boolean settle() {
    var scan = site.folder().last();
    if (retired || scan.gone(name)) {
      retire();
      return false;
    }
    Past past = site.history().of(name);
    if (past.stopped()) {
      board.to(RouteState.STOPPED);
      return true;
    }
    Running now = running;
    if (now != null && now.dead() != null && board.state() == RouteState.RUNNING) {
      down(now.dead());
      now.end();
      running = null;
    }
    boolean mayTry = backoff.isOver(now());
    if (running == null && past.current() != null && mayTry) {
      comeUp(past.current());
    }
    if (scan.wrong().containsKey(name)) {
      board.problems(List.of(Problems.of(scan.wrong().get(name))));
      standsStill(RouteState.REFUSED);
    } else if (scan.files().containsKey(name)) {
      consider(scan.files().get(name), past, mayTry);
    }
    return true;
  }

  private void consider(RouteFile file, Past past, boolean mayTry) {
    String digest = file.digest();
    boolean waits = running == null && !mayTry;
    boolean current = past.current() != null && past.current().digest().equals(digest);
    if (running != null && running.digest().equals(digest)) {
      board.problems(List.of());
    } else if (past.bad().containsKey(digest)) {
      board.problems(List.of(Problems.bad(file, RouteMessage.UNWELL, past.bad().get(digest))));
    } else if (!waits && !current && !(digest.equals(refused) && now().isBefore(recheckAt))) {
      try {
        replace(file);
      } catch (KibanException e) {
        LOG.debug("{} stays as it was", name, e);
      }
    }
  }

  /**
   * Replaces what runs.
   *
   * @throws KibanException if the file is refused, or what ran before runs again
   */
  synchronized void replace(RouteFile file) {
    List<RouteProblem> wrong = Problems.of(file, site.checker().check(file));
    if (!wrong.isEmpty()) {
      throw refuse(file, wrong);
    }
    Version version = new Version(file.digest(), file.format());
    Running before = running;
    Running next = build(file);
    site.history().begins(name, version);
    long closed = System.nanoTime();
    if (before != null) {
      drain();
      before.end();
    }
    board.to(RouteState.STARTING);
    String why = starter.begin(next);
    RouteMessage kind = RouteMessage.NOT_STARTED;
    long milliseconds = -1;
    if (why == null) {
      running = next;
      board.to(RouteState.RUNNING);
      if (before != null) {
        long quiet = next.begunAt() - Math.max(closed, before.meter().lastDone());
        milliseconds = TimeUnit.NANOSECONDS.toMillis(quiet);
      }
      kind = RouteMessage.UNWELL;
      why = starter.watch(next, () -> closing);
    }
    if (why != null) {
      throw goBack(before, next, file, kind, why);
    }
    if (closing) {
      return; // not watched to the end: the next start begins with what was good
    }
    site.history().good(name, version, milliseconds);
    refused = "";
    backoff.worked();
    board.problems(List.of());
    board.tidy(name, site.history().of(name));
    board.say(RouteMessage.RUNS, site.code(), name, Problems.version(file.digest()), milliseconds);
  }

  private Running build(RouteFile file) {
    try {
      site.versions().save(file);
      standsStill(RouteState.STARTING);
      return starter.build(file);
    } catch (Exception e) {
      LOG.debug("{} is not built", file.fileName(), e);
      int line = Running.line(e);
      throw refuse(
          file,
          List.of(
              Problems.of(
                  file.digest(),
                  line,
                  RouteMessage.NOT_BUILT,
                  file.fileName(),
                  line,
                  Reasons.ofStart(e))));
    }
  }

  private KibanException refuse(RouteFile file, List<RouteProblem> wrong) {
    KibanException refusal = Problems.refused(file, wrong);
    if (!board.problems().equals(wrong)) {
      board.quarantine(file, refusal.getMessage());
    }
    board.problems(wrong);
    refused = file.digest();
    recheckAt = now().plus(RECHECK);
    standsStill(RouteState.REFUSED);
    return refusal;
  }

  private KibanException goBack(
      Running before, Running next, RouteFile file, RouteMessage kind, String why) {
    if (running == next) {
      drain();
      next.end();
    }
    running = null;
    String version = Problems.version(file.digest());
    KibanException failure =
        new KibanException(Outcome.FAILED, kind, file.fileName(), version, why);
    board.problems(List.of(Problems.bad(file, kind, why)));
    board.quarantine(file, failure.getMessage());
    if (before == null) {
      standsStill(RouteState.FAILED);
      backoff.failed(now());
    } else {
      site.history().bad(name, file.digest(), why);
      if (comeUp(before.file())) {
        board.say(RouteMessage.ROLLED_BACK, site.code(), name, Problems.version(before.digest()));
      }
    }
    return failure;
  }

  private void comeUp(Version version) {
    try {
      RouteFile file = site.folder().last().files().get(name);
      boolean same = file != null && file.digest().equals(version.digest());
      comeUp(same ? file : site.versions().load(name, version));
    } catch (IOException e) {
      down(e.getMessage());
    }
  }

  private boolean comeUp(RouteFile file) {
    try {
      standsStill(RouteState.STARTING);
      Running again = starter.build(file);
      String why = starter.begin(again);
      if (why != null) {
        down(why);
        return false;
      }
      running = again;
      backoff.worked();
      board.to(RouteState.RUNNING);
      return true;
    } catch (Exception e) {
      LOG.debug("{} did not come up", file.fileName(), e);
      down(Reasons.ofStart(e));
      return false;
    }
  }

  private void down(String why) {
    board.to(RouteState.FAILED);
    RouteProblem problem = Problems.of("", 0, RouteMessage.DOWN, site.code(), name, why);
    if (!board.problems().contains(problem)) {
      LOG.error("{} {}", problem.code(), problem.reason());
    }
    board.problems(List.of(problem));
    backoff.failed(now());
  }

  private void drain() {
    Running now = running;
    board.to(RouteState.DRAINING);
    try {
      int left = now.drain(site.threads(), site.settings().drain().toNanos());
      if (left > 0) {
        board.say(RouteMessage.DRAIN_CUT, site.code(), name, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what runs at an operator's word. */
  synchronized void stop(boolean unload) {
    site.history().stopped(name);
    halt(unload);
    board.to(RouteState.STOPPED);
    board.say(RouteMessage.STOPS, site.code(), name);
  }

  private void halt(boolean unload) {
    if (running != null) {
      drain();
      if (unload) {
        running.end();
        running = null;
      }
    }
  }

  /** Starts again what an operator stopped, or tries at once what is to be tried later. */
  synchronized void start() {
    site.history().started(name);
    if (running != null && board.state() == RouteState.STOPPED) {
      running.end();
      running = null;
    }
    backoff.worked();
    recheckAt = Instant.EPOCH;
    settle();
  }

  /** The file is gone: so goes everything else but failed exchanges. */
  private void retire() {
    retired = true;
    boolean known = running != null || site.history().of(name).current() != null;
    halt(true);
    if (known || site.history().of(name).stopped()) {
      site.history().removed(name);
      board.tidy(name, site.history().of(name));
      board.say(RouteMessage.REMOVED, site.code(), name);
    }
  }

  /** Ends for now; the journal stays as it is. */
  void close() {
    closing = true;
    synchronized (this) {
      halt(true);
    }
  }

  private void standsStill(RouteState state) {
    if (running == null) {
      board.to(state);
    }
  }

  private Instant now() {
    return site.clock().now();
  }
}
