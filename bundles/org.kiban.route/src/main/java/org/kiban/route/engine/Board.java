package org.kiban.route.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.kiban.core.TrustedClock;
import org.kiban.route.RouteFile;
import org.kiban.route.RouteMessage;
import org.kiban.route.api.RouteProblem;
import org.kiban.route.api.RouteState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one route file shows of itself. Written by one thread at a time, read by any. */
final class Board {

  private static final Logger LOG = LoggerFactory.getLogger(Board.class);

  private final TrustedClock clock;
  private final Versions versions;
  private volatile Shown shown;

  private record Shown(RouteState state, Instant since, List<RouteProblem> problems) {}

  Board(TrustedClock clock, Versions versions) {
    this.clock = clock;
    this.versions = versions;
    this.shown = new Shown(RouteState.CHECKED, clock.now(), List.of());
  }

  RouteState state() {
    return shown.state();
  }

  Instant since() {
    return shown.since();
  }

  List<RouteProblem> problems() {
    return shown.problems();
  }

  void to(RouteState state) {
    if (state != shown.state()) {
      shown = new Shown(state, clock.now(), shown.problems());
    }
  }

  void problems(List<RouteProblem> problems) {
    shown = new Shown(shown.state(), shown.since(), List.copyOf(problems));
  }

  /** Keeps a version aside that was not taken, and says why. */
  void quarantine(RouteFile file, String reason) {
    LOG.warn("{}", reason);
    try {
      versions.quarantine(file, reason);
    } catch (IOException e) {
      LOG.warn("{} could not be kept aside: {}", file.fileName(), e.getMessage());
    }
  }

  /** Deletes versions that nobody goes back to any more. */
  void tidy(String name, Past past) {
    try {
      versions.tidy(name, past);
    } catch (IOException e) {
      LOG.debug("old versions of {} stay", name, e);
    }
  }

  void say(RouteMessage message, Object... args) {
    LOG.info("{} {}", message.code(), message.text(Locale.ENGLISH, args));
  }
}
