package org.kiban.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.LocalBackend;
import org.kiban.backup.job.Job;
import org.kiban.backup.job.JobRun;
import org.kiban.backup.job.Jobs;
import org.kiban.backup.job.Records;
import org.kiban.backup.job.Timer;
import org.kiban.backup.repository.DamagedException;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Repository.Password;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Copy;
import org.kiban.backup.run.Forget;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Prune;
import org.kiban.backup.run.Retention;
import org.kiban.backup.source.Tree;
import org.kiban.backup.source.Views;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.backup.BackupSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * A backup: its own repository, under a password of its own that the node derives from the owner's
 * key and never shows. One task at a time.
 */
public final class BackupAgent implements Closeable {

  private final Owner owner;
  private final BackupConfig config;
  private final Foundation node;
  private final Places places;
  private final Map<String, Job> jobs;
  private final Records records;
  private final Timer timer;
  private final ServiceRegistration<HealthCheck> registration;
  private final ReentrantLock busy = new ReentrantLock();

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
    this.places = new Places(node.paths, owner, config.location());
    this.jobs = Jobs.of(owner.file(), values, ZoneId.systemDefault());
    this.records = new Records(node.files, owner.directory().resolve("jobs.json"));
    this.registration =
        context.registerService(
            HealthCheck.class,
            new BackupHealth(
                owner.name(), jobs.values(), records, node.clock, config.warn$_$age$_$hours()),
            new Hashtable<>(
                Map.of(HealthCheck.NAME, "backup", HealthCheck.TAGS, new String[] {owner.name()})));
    this.timer =
        new Timer(owner.name(), jobs.values(), records, node.clock, this::runScheduled).start();
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

  /** What is known of a job's last run. */
  public Records.Run lastRun(Job job) {
    return records.of(job.name(), node.clock.instant());
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
    EXCLUSIVE
  }

  /**
   * Does something with the repository, and says what an operator can do if it fails.
   *
   * @param password another than the node's, if given
   */
  public <T> T run(Access access, Optional<Password> password, Task<T> task) {
    return access == Access.LOOK
        ? opened(access, password, task)
        : alone(() -> opened(access, password, task));
  }

  private <T> T opened(Access access, Optional<Password> password, Task<T> task) {
    return translated(
        backend(),
        b -> {
          try (Repository repository =
              Repositories.open(b, settings(), password.orElseGet(this::password))) {
            if (access != Access.LOOK) {
              repository.lock(access == Access.EXCLUSIVE);
            }
            return task.with(repository);
          }
        });
  }

  /** One task at a time; one that is part of another may go on. */
  private <T> T alone(Supplier<T> task) {
    if (!busy.tryLock()) {
      throw new KibanException(Outcome.REFUSED, BackupMessage.BUSY, owner.name());
    }
    try {
      return task.get();
    } finally {
      busy.unlock();
    }
  }

  /** As {@link #run(Access, Optional, Task)}, with the node's own password. */
  public <T> T run(Access access, Task<T> task) {
    return run(access, Optional.empty(), task);
  }

  private interface OnBackend<T> {
    T with(Backend backend) throws IOException;
  }

  private static <T> T translated(Backend backend, OnBackend<T> action) {
    try {
      return action.with(backend);
    } catch (DamagedException e) {
      throw new KibanException(
          e, Outcome.FAILED, BackupMessage.DAMAGED, backend.location(), e.file(), e.reason());
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, BackupMessage.UNREACHABLE, backend.location(), reason(e));
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.toString();
  }

  private Backend backend() {
    return new LocalBackend(places.repository(), node.files);
  }

  private Backend backend(String location) {
    return new LocalBackend(places.allowed(location, "location"), node.files);
  }

  /** How repositories are used here. */
  public Repository.Settings settings() {
    return new Repository.Settings(
        node.clock, node.paths.nodeName(), Math.max(1, Math.min(19, config.compression$_$level())));
  }

  /** The node's own: 256 bits that nobody can guess, and nobody has to know. */
  public Password password() {
    byte[] key = owner.key().get().getEncoded();
    Password password = new Password(HexFormat.of().formatHex(key), true);
    Arrays.fill(key, (byte) 0);
    return password;
  }

  /** Makes the repository; returns where. */
  public String create() {
    return translated(
        backend(),
        b -> {
          Repositories.create(b, settings(), password());
          return b.location();
        });
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
    return alone(() -> run(job, all, force, progress));
  }

  private Backup.Result run(Job job, List<String> tags, boolean force, Progress progress) {
    Backup.Result result =
        translated(
            backend(),
            b ->
                new JobRun(job, records, node.clock)
                    .run(this::views, (p, e) -> snapshot(p, e, tags, force, progress), progress));
    job.keep().ifPresent(rules -> tidy(job, rules));
    return result;
  }

  private Backup.Result snapshot(
      List<Path> paths, List<String> excludes, List<String> tags, boolean force, Progress p) {
    Backup.Job what =
        new Backup.Job(paths, tags, excludes, config.verify$_$before$_$store(), force, workers());
    return run(Access.SHARED, repository -> new Backup(repository, p).run(what));
  }

  private Views views(Job job) throws IOException {
    List<BackupSource> all = owner.sources().get();
    List<BackupSource> chosen = new ArrayList<>();
    List<Path> trees = new ArrayList<>();
    boolean state = job.sources().contains(Job.STATE);
    for (String word : job.sources()) {
      if (word.equals(Job.STATE)) {
        chosen.addAll(all);
      } else if (word.startsWith("/")) {
        trees.add(places.allowed(word, "sources"));
      } else {
        chosen.add(
            all.stream()
                .filter(s -> s.name().equals(word))
                .findFirst()
                .orElseThrow(() -> places.wrong("sources", word)));
      }
    }
    if (chosen.isEmpty() && trees.isEmpty()) {
      throw places.wrong("sources", "[]");
    }
    chosen.add(new Tree(trees, List.of(places.repository())));
    return Views.prepare(
        chosen.stream().distinct().toList(),
        owner.directory().toRealPath().resolve("view"),
        node.journals,
        state ? Optional.of(owner.state()) : Optional.empty());
  }

  private void tidy(Job job, Retention rules) {
    List<Snapshot> forgotten =
        run(Access.EXCLUSIVE, r -> Forget.run(r, s -> s.tags().contains(job.tag()), rules, false));
    if (!forgotten.isEmpty()) {
      run(Access.EXCLUSIVE, r -> new Prune(r, new Progress()).run(false));
    }
  }

  private void runScheduled(Job job) {
    save(job.name(), List.of(), false, new Progress());
  }

  /** Copies snapshots to a repository elsewhere; returns the new ones. */
  public List<Snapshot> copy(String location, Optional<Password> password, Progress progress) {
    Backend other = backend(location);
    return run(
        Access.SHARED,
        from ->
            translated(
                other,
                b -> {
                  try (Repository to =
                      Repositories.open(b, settings(), password.orElseGet(this::password))
                          .lock(false)) {
                    return new Copy(from, to, progress).run();
                  }
                }));
  }

  /** A directory that may be restored into. */
  public Path target(String directory) {
    return places.allowed(directory, "target");
  }

  /** Threads that work. */
  public int workers() {
    return Math.max(1, config.workers());
  }
}
