package org.kiban.logship;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.core.KibanException;
import org.kiban.logship.flow.LogAgent;
import org.kiban.logship.flow.Report;

/**
 * Whether logs go where they should. Warns only: a node must not be taken out of service because a
 * receiver of its logs is down.
 */
final class LogHealth implements HealthCheck {

  private final LogAgent agent;
  private final KibanException problem;
  private final int warnMinutes;
  private final InstantSource clock = InstantSource.system();
  private final Map<String, Instant> waitingSince = new HashMap<>();

  LogHealth(LogAgent agent, KibanException problem, int warnMinutes) {
    this.agent = agent;
    this.problem = problem;
    this.warnMinutes = warnMinutes;
  }

  @Override
  public synchronized Result execute() {
    FormattingResultLog log = new FormattingResultLog();
    if (problem != null) {
      log.warn("{}", problem.getMessage());
      return new Result(log);
    }
    Map<String, Long> waiting = new HashMap<>();
    Set<String> problems = new LinkedHashSet<>();
    for (Report.Status s : agent.status()) {
      waiting.merge(s.destination(), s.waiting(), Long::sum);
      if (!s.problem().isEmpty()) {
        problems.add(s.problem());
      }
    }
    problems.forEach(p -> log.warn("{}", p));
    agent.dead().stream()
        .collect(Collectors.groupingBy(Report.Dead::destination, Collectors.counting()))
        .forEach((name, count) -> log.warn("{}", LogCode.DEAD.line(count, name)));
    waiting.forEach((destination, bytes) -> look(destination, bytes, log));
    if (waiting.isEmpty()) {
      log.info("no destination is declared"); // a log without a line counts as a warning
    }
    return new Result(log);
  }

  private void look(String destination, long bytes, FormattingResultLog log) {
    Instant now = clock.instant();
    if (bytes == 0) {
      waitingSince.remove(destination);
      log.info("{} has everything", destination);
      return;
    }
    Instant since = waitingSince.computeIfAbsent(destination, d -> now);
    if (Duration.between(since, now).toMinutes() >= warnMinutes) {
      log.warn("{}", LogCode.BEHIND.line(bytes, destination, warnMinutes));
    }
  }
}
