package org.kiban.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.backup.drill.Drill;
import org.kiban.backup.export.Purposes;
import org.kiban.backup.job.Job;
import org.kiban.backup.job.Records;
import org.kiban.backup.site.Sites;
import org.kiban.core.KibanException;

/**
 * How old the newest snapshot of each job is, whether its last run failed, and whether a place was
 * found damaged. What is critical is called so, but is a warning: a node that is not saved must not
 * be taken out of service for it.
 */
final class BackupHealth implements HealthCheck {

  private static final String CRITICAL = "critical: ";

  private final String owner;
  private final Collection<Job> jobs;
  private final Records records;
  private final Sites sites;
  private final Drill drill;
  private final Supplier<List<String>> damaged;
  private final Purposes purposes;
  private final InstantSource clock;
  private final int warnHours;

  BackupHealth(
      String owner,
      Collection<Job> jobs,
      Records records,
      Sites sites,
      Drill drill,
      Supplier<List<String>> damaged,
      Purposes purposes,
      InstantSource clock,
      int warnHours) {
    this.owner = owner;
    this.jobs = jobs;
    this.records = records;
    this.sites = sites;
    this.drill = drill;
    this.damaged = damaged;
    this.purposes = purposes;
    this.clock = clock;
    this.warnHours = warnHours;
  }

  @Override
  public Result execute() {
    FormattingResultLog log = new FormattingResultLog();
    Instant now = clock.instant();
    jobs.forEach(j -> look(j, records.of(j.name(), now), now, log));
    sites.states().forEach(s -> look(s, now, log));
    String failure = drill.last().failure();
    if (!failure.isEmpty()) {
      log.warn("the last drill failed: {}; backup:drill {}", failure, owner);
    }
    try {
      damaged.get().forEach(place -> log.warn("{}", damage(place)));
      purposes.check();
    } catch (KibanException e) {
      log.warn("{}", e.getMessage());
    }
    return new Result(log);
  }

  private String damage(String place) {
    return "%s%s is damaged; backup:verify %s".formatted(CRITICAL, place, owner);
  }

  /** Nothing that is new enough could be restored any more. */
  private String weight(long age) {
    return age >= 2L * warnHours ? CRITICAL : "";
  }

  private void look(Sites.State site, Instant now, FormattingResultLog log) {
    long age = site.newest() == null ? 0 : Duration.between(site.newest(), now).toHours();
    if (!site.failure().isEmpty() && site.newest() == null) {
      log.warn("no copy in {}: {}; backup:status {}", site.location(), site.failure(), owner);
    } else if (!site.failure().isEmpty() || age >= warnHours) {
      log.warn(
          "{}the copy in {} is {} hours old: {}; backup:status {}",
          weight(age),
          site.location(),
          age,
          site.failure(),
          owner);
    }
  }

  private void look(Job job, Records.Run run, Instant now, FormattingResultLog log) {
    String next = "backup:run " + owner + ' ' + job.name();
    long age = run.time() == null ? 0 : Duration.between(run.time(), now).toHours();
    if (!run.failure().isEmpty()) {
      log.warn("{}the last run of {} failed: {}; {}", weight(age), job.name(), run.failure(), next);
    } else if (run.time() == null) {
      if (job.schedule().isEmpty()) {
        log.info("no snapshot yet: backup:create {}, {}", owner, next);
      } else {
        log.warn("no snapshot yet: backup:create {}, {}", owner, next);
      }
    } else if (age >= warnHours) {
      log.warn(
          "{}the newest snapshot of {} is {} hours old; {}", weight(age), job.name(), age, next);
    } else if (run.problems() > 0) {
      log.warn("{} could not be saved; {}", run.problems(), next);
    } else if (!run.without().isEmpty()) {
      log.info("{}", BackupMessage.WITHOUT.line(run.without(), owner, next));
    } else {
      log.info("newest snapshot of {}: {}", job.name(), run.time());
    }
  }
}
