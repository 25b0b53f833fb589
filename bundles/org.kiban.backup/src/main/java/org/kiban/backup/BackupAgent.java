package org.kiban.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.felix.hc.api.HealthCheck;
import org.kiban.backup.drill.Drill;
import org.kiban.backup.drill.Filling;
import org.kiban.backup.drill.MunicipalFilling;
import org.kiban.backup.drill.NodeFilling;
import org.kiban.backup.export.Purposes;
import org.kiban.backup.job.Job;
import org.kiban.backup.job.JobRun;
import org.kiban.backup.job.Jobs;
import org.kiban.backup.job.Notes;
import org.kiban.backup.job.Records;
import org.kiban.backup.job.Schedule;
import org.kiban.backup.job.Timer;
import org.kiban.backup.job.Values;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Background;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Forget;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Prune;
import org.kiban.backup.run.Retention;
import org.kiban.backup.site.Looks;
import org.kiban.backup.site.Sites;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.kiban.core.backup.BackupSource.Content;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A backup: its jobs, its repository and further places. One task at a time. */
public final class BackupAgent implements Closeable {

  private final Owner owner;
  private final BackupConfig config;
  private final Foundation node;
  private final Places places;
  private final Vault vault;
  private final Gathering sources;
  private final Map<String, Job> jobs;
  private final Records records;
  private final Overview overview;
  private final Exports exports;
  private final Sites sites;
  private final Drill drill;
  private final Schedule drills;
  private final Timer timer;
  private final ServiceRegistration<HealthCheck> registration;

  /**
   * Opens nothing yet, and begins jobs when they are due.
   *
   * @param values of the configuration, with those of jobs
   * @throws KibanException if a job is wrong
   */
  BackupAgent(
      Owner owner,
      BackupConfig config,
      Map<String, Object> values,
      BundleContext context,
      Foundation node) {
    this.owner = owner;
    this.config = config;
    this.node = node;
    this.places = new Places(node.paths, owner, config);
    this.vault = new Vault(owner, config, node, places);
    this.sources = new Gathering(owner, config, node, places);
    Values known = new Values(owner.file(), values);
    this.jobs = Jobs.of(known, ZoneId.systemDefault());
    this.records = new Records(new Notes(node.files, owner.directory().resolve("jobs.json")));
    this.sites =
        new Sites(
            vault.copies(),
            new Notes(node.files, owner.directory().resolve("sites.json")),
            node.clock,
            this::copy);
    this.drills = Jobs.schedule(known, ZoneId.systemDefault(), "drill-schedule");
    this.drill =
        new Drill(
            owner.name(),
            node.paths.home(),
            owner.directory().resolve("drill"),
            new Notes(node.files, owner.directory().resolve("drills.json")),
            node.clock);
    this.overview =
        new Overview(
            vault,
            sites,
            new Looks(new Notes(node.files, owner.directory().resolve("places.json")), node.clock),
            drill,
            config.warn$_$age$_$hours());
    Purposes purposes = new Purposes(owner.name(), known);
    this.exports =
        new Exports(
            vault,
            places,
            overview,
            purposes,
            owner.directory().resolve("export"),
            node.files,
            node.clock);
    this.registration =
        context.registerService(
            HealthCheck.class,
            new BackupHealth(
                owner.name(),
                jobs.values(),
                records,
                sites,
                drill,
                overview::damaged,
                purposes,
                node.clock,
                config.warn$_$age$_$hours()),
            new Hashtable<>(
                Map.of(HealthCheck.NAME, "backup", HealthCheck.TAGS, new String[] {owner.name()})));
    this.timer =
        new Timer(owner.name(), jobs.values(), records, node.clock, this::runScheduled, this::rest)
            .start();
  }

  /** Takes the health check away and begins nothing more. */
  @Override
  public void close() {
    timer.close();
    registration.unregister();
  }

  /** The municipality's code, or {@code node}. */
  public String name() {
    return owner.name();
  }

  /** Its jobs, in the order of the configuration. */
  public Collection<Job> jobs() {
    return jobs.values();
  }

  /** Something to do with an open repository. */
  @FunctionalInterface
  public interface Task<T> {
    /** Does it. */
    T with(Repository repository) throws IOException;
  }

  /** What others may do meanwhile. */
  public enum Access {
    /** Everything; needs no lock. */
    LOOK,
    /** Everything but removing. */
    SHARED,
    /** Nothing. */
    EXCLUSIVE,
    /** Nothing; files are removed, with the credential that may. */
    REMOVAL
  }

  /** Its repositories. */
  public Vault vault() {
    return vault;
  }

  /** As {@link Vault#run(Access, Optional, Task)}, with the node's own password. */
  public <T> T run(Access access, Task<T> task) {
    return vault.run(access, Optional.empty(), task);
  }

  /**
   * Runs a job now.
   *
   * @param name its name; empty for the first
   * @throws KibanException if there is none of that name, or it makes no snapshot
   */
  public Backup.Result save(String name, List<String> tags, boolean force, Progress progress) {
    Job job = name.isEmpty() ? jobs.values().iterator().next() : jobs.get(name);
    if (job == null) {
      throw new KibanException(
          Outcome.USAGE, BackupMessage.NO_JOB, name, String.join(", ", jobs.keySet()));
    }
    List<String> all = new ArrayList<>(tags);
    all.add(job.tag());
    all.addAll(sources.missing(job));
    return vault.alone(() -> run(job, all, force, progress));
  }

  private Backup.Result run(Job job, List<String> tags, boolean force, Progress progress) {
    Backup.Result result =
        vault.translated(
            b ->
                new JobRun(job, records, node.trusted)
                    .run(
                        sources::of,
                        (p, e, s) -> snapshot(p, e, s, tags, force, progress),
                        progress));
    overview.measure();
    sites.bring(result.snapshot().time());
    job.keep().ifPresent(rules -> tidy(job, rules));
    return result;
  }

  private Backup.Result snapshot(
      List<Path> paths,
      List<String> excludes,
      Map<Path, Content> streams,
      List<String> tags,
      boolean force,
      Progress p) {
    boolean verify = config.verify$_$before$_$store();
    Backup.Job what = new Backup.Job(paths, tags, excludes, verify, force, workers(), streams);
    return run(
        Access.SHARED, r -> Background.call(config.niceness(), () -> new Backup(r, p).run(what)));
  }

  private void copy(String location) {
    vault.copy(location, Optional.empty(), new Progress());
    overview.measure(location);
  }

  private void tidy(Job job, Retention rules) {
    List<Snapshot> forgotten =
        run(Access.REMOVAL, r -> Forget.run(r, s -> s.tags().contains(job.tag()), rules, false));
    if (!forgotten.isEmpty()) {
      run(
          Access.REMOVAL,
          r -> Background.call(config.niceness(), () -> new Prune(r, new Progress()).run(false)));
    }
  }

  private void rest() {
    bringAgain();
    if (drill.isDue(drills)) {
      drill();
    }
  }

  private void bringAgain() {
    jobs.values().stream()
        .map(j -> records.of(j.name(), node.clock.instant()).time())
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .ifPresent(newest -> vault.alone(() -> tryAgain(newest)));
  }

  private Void tryAgain(Instant newest) {
    sites.tryAgain(newest);
    return null;
  }

  private void runScheduled(Job job) {
    save(job.name(), List.of(), false, new Progress());
  }

  /** Its tables for disasters. */
  public Exports exports() {
    return exports;
  }

  /** How its places are. */
  public Overview overview() {
    return overview;
  }

  /**
   * Proves that its backup could be restored.
   *
   * @throws KibanException if it could not
   */
  public Drill.Report drill() {
    List<String> codes =
        owner.sources().get().stream()
            .filter(s -> s.name().equals("exchange"))
            .flatMap(s -> s.municipality().stream())
            .map(MunicipalityCode::value)
            .sorted()
            .toList();
    return vault.alone(() -> vault.translated(b -> drill.run(filling(), codes)));
  }

  private Filling filling() throws IOException {
    if (owner.name().equals(Owner.NODE)) {
      return new NodeFilling(
          places.repository(),
          owner.secrets().apply(config.secret()),
          node.paths.nodeName(),
          vault.password());
    }
    Path data = node.paths.data().toRealPath();
    Path own = data.resolve(owner.name());
    return new MunicipalFilling(
        owner.name(),
        data,
        node.paths.etc().toRealPath(),
        target -> vault.restoreNewest(own, target));
  }

  /** A directory that may be restored into. */
  public Path target(String directory) {
    return places.typed(directory);
  }

  /** Threads that work. */
  public int workers() {
    return vault.workers();
  }
}
