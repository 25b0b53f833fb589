package org.kiban.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.felix.hc.api.HealthCheck;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.LocalBackend;
import org.kiban.backup.repository.DamagedException;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Repository.Password;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Copy;
import org.kiban.backup.run.Progress;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.TrustedClock;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.DurableFiles;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The backup of one municipality: its own repository, under a password of its own that the node
 * derives from the municipality's key and never shows. One task at a time.
 */
@Component(
    service = MunicipalBackup.class,
    immediate = true,
    configurationPid = "org.kiban.backup",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = BackupConfig.class, factory = true)
public final class MunicipalBackup {

  private final MunicipalityCode code;
  private final BackupConfig config;
  private final NodePaths paths;
  private final DurableFiles files;
  private final Keys keys;
  private final InstantSource clock;
  private final Places places;
  private final BackupHealth health;
  private final ServiceRegistration<HealthCheck> registration;
  private final ReentrantLock busy = new ReentrantLock();

  /** Opens nothing yet. */
  @Activate
  public MunicipalBackup(
      BackupConfig config,
      BundleContext context,
      @Reference Municipalities municipalities,
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference Keys keys,
      @Reference TrustedClock clock) {
    this.code = municipalities.require(config.code()).code();
    this.config = config;
    this.paths = paths;
    this.files = files;
    this.keys = keys;
    this.clock = clock::now;
    this.places = new Places(paths, code, config);
    this.health =
        new BackupHealth(
            files,
            paths.municipalityDirectory(code, "backup").resolve("last-run.json"),
            this.clock,
            code.value(),
            config);
    this.registration =
        context.registerService(
            HealthCheck.class,
            health,
            new Hashtable<>(
                Map.of(HealthCheck.NAME, "backup", HealthCheck.TAGS, new String[] {code.value()})));
  }

  /** Takes the health check away. */
  @Deactivate
  public void deactivate() {
    registration.unregister();
  }

  /** Whose. */
  public MunicipalityCode code() {
    return code;
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
    if (access != Access.LOOK && !busy.tryLock()) {
      throw new KibanException(Outcome.REFUSED, BackupMessage.BUSY, code);
    }
    try {
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
    } finally {
      if (busy.isHeldByCurrentThread()) {
        busy.unlock();
      }
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
    return new LocalBackend(places.repository(), files);
  }

  private Backend backend(String location) {
    return new LocalBackend(places.allowed(location, "location"), files);
  }

  /** How repositories are used here. */
  public Repository.Settings settings() {
    return new Repository.Settings(
        clock, paths.nodeName(), Math.max(1, Math.min(19, config.compression$_$level())));
  }

  /** The node's own: 256 bits that nobody can guess, and nobody has to know. */
  public Password password() {
    byte[] key = keys.municipality(code, "backup-repository").getEncoded();
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

  /** Saves what the configuration names. */
  public Backup.Result save(List<String> tags, boolean force, Progress progress) {
    Backup.Job job =
        new Backup.Job(
            places.sources(),
            tags,
            List.of(config.excludes()),
            config.verify$_$before$_$store(),
            force,
            Math.max(1, config.workers()));
    try {
      Backup.Result result =
          run(Access.SHARED, repository -> new Backup(repository, progress).run(job));
      health.ran(result.snapshot(), progress.problemCount());
      return result;
    } catch (KibanException e) {
      health.failed(e);
      throw e;
    }
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
