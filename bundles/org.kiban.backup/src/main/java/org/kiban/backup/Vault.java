package org.kiban.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.BackupAgent.Task;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.backend.Target;
import org.kiban.backup.backend.Targets;
import org.kiban.backup.repository.DamagedException;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Keyring;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Repository.Password;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Background;
import org.kiban.backup.run.Copy;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Restore;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * A backup's repositories, its own and those of further places: opened under a password that the
 * node derives from the owner's key and never shows. One task at a time.
 */
public final class Vault {

  private final Owner owner;
  private final BackupConfig config;
  private final Foundation node;
  private final Places places;
  private final Targets targets;
  private final ReentrantLock busy = new ReentrantLock();

  /** Opens nothing yet. */
  Vault(Owner owner, BackupConfig config, Foundation node, Places places) {
    this.owner = owner;
    this.config = config;
    this.node = node;
    this.places = places;
    this.targets =
        new Targets(node.files, node.clock, ZoneId.systemDefault(), owner.secrets(), owner.file());
  }

  /**
   * Does something with the repository, and says what an operator can do if it fails.
   *
   * @param password another than the node's, if given
   */
  public <T> T run(Access access, Optional<Password> password, Task<T> task) {
    Supplier<T> all =
        () ->
            opened(
                targets.open(places.repository(), access == Access.REMOVAL),
                access,
                password,
                task);
    return access == Access.LOOK ? all.get() : alone(all);
  }

  private <T> T opened(Backend backend, Access access, Optional<Password> password, Task<T> task) {
    return translated(
        backend,
        b -> {
          try (Repository repository =
              Repositories.open(b, settings(), password.orElseGet(this::password))) {
            if (access != Access.LOOK) {
              repository.lock(access != Access.SHARED);
            }
            return task.with(repository);
          }
        });
  }

  /** One task at a time; one that is part of another may go on. */
  <T> T alone(Supplier<T> task) {
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

  /** The municipality's code, or {@code node}. */
  String name() {
    return owner.name();
  }

  /** Where the repository itself lies. */
  String location() {
    return places.repository().location();
  }

  /** Threads that work. */
  int workers() {
    return Math.max(1, config.workers());
  }

  /** How much long work stands back. */
  int niceness() {
    return config.niceness();
  }

  /** The further places. */
  public List<String> copies() {
    return List.of(config.copies());
  }

  /** Something to do with a place. */
  interface OnBackend<T> {
    T with(Backend backend) throws IOException;
  }

  /** Says what an operator can do if something fails that is no use of a repository. */
  <T> T translated(OnBackend<T> action) {
    return translated(backend(), action);
  }

  private static <T> T translated(Backend backend, OnBackend<T> action) {
    try (backend) {
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
    return targets.open(places.repository(), false);
  }

  private Backend backend(String location) {
    return targets.open(places.target(location), false);
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

  /**
   * Brings back what was removed or written over at a place that keeps versions.
   *
   * @param place one of the further places; empty for the repository itself
   * @return how many files are there again
   * @throws KibanException if there is no such place, or it may not be written there
   */
  public int bringBack(Optional<String> place) {
    place.ifPresent(this::requireFurther);
    Target target = place.map(places::target).orElseGet(places::repository);
    return alone(() -> translated(targets.open(target, true), Backend::bringBack));
  }

  /** Refuses what is not one of the further places. */
  void requireFurther(String place) {
    if (!copies().contains(place)) {
      throw new KibanException(
          Outcome.USAGE, BackupMessage.NO_PLACE, place, String.join(", ", copies()));
    }
  }

  /** Makes the repository, and those of further places that are missing; returns where. */
  public List<String> create() {
    List<String> made = new ArrayList<>();
    Optional<KibanException> first = made(backend(), OptionalLong.empty(), made);
    long polynomial = run(Access.LOOK, r -> r.config().polynomial());
    for (String location : copies()) {
      made(backend(location), OptionalLong.of(polynomial), made);
    }
    if (made.isEmpty() && first.isPresent()) {
      throw first.get();
    }
    return made;
  }

  /** Makes one; one that is there already is told. */
  private Optional<KibanException> made(Backend backend, OptionalLong cut, List<String> made) {
    try {
      translated(
          backend,
          b -> {
            if (cut.isPresent()) {
              Repositories.create(b, settings(), password(), cut.getAsLong());
            } else {
              Repositories.create(b, settings(), password());
            }
            return made.add(b.location());
          });
      return Optional.empty();
    } catch (KibanException e) {
      if (e.code() != BackupMessage.EXISTS) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  /** Copies snapshots to a repository elsewhere; returns the new ones. */
  public List<Snapshot> copy(String location, Optional<Password> password, Progress progress) {
    return run(
        Access.SHARED,
        from ->
            onOther(
                location,
                Access.SHARED,
                password,
                to ->
                    Background.call(config.niceness(), () -> new Copy(from, to, progress).run())));
  }

  /** Does something at a further place, as {@link #run(Access, Task)} does at the first. */
  public <T> T onOther(String location, Access access, Task<T> task) {
    return onOther(location, access, Optional.empty(), task);
  }

  private <T> T onOther(String location, Access access, Optional<Password> password, Task<T> task) {
    return opened(
        targets.open(places.target(location), access == Access.REMOVAL), access, password, task);
  }

  /** Does something at every place, the repository itself first; returns what each gave. */
  public <T> Map<String, T> everywhere(Access access, Task<T> task) {
    Map<String, T> results = new LinkedHashMap<>();
    results.put(location(), run(access, task));
    for (String location : copies()) {
      results.put(location, onOther(location, access, task));
    }
    return results;
  }

  /** Adds a password to the repository and to that of every further place; returns its name. */
  public Id addKey(Password password) {
    return everywhere(Access.SHARED, r -> new Keyring(r).add(password)).values().iterator().next();
  }

  /**
   * Replaces a password by another at every place; nowhere is the old one taken before the new one
   * is everywhere. May be repeated.
   *
   * @return the new one's name at each place
   */
  public Map<String, Id> rotateKey(Password before, Password after) {
    Map<String, Id> added =
        everywhere(Access.SHARED, r -> new Keyring(r).replacement(before, after));
    everywhere(Access.REMOVAL, r -> new Keyring(r).remove(before));
    return added;
  }

  /** Tries every place: opens it, reads it, and takes and leaves a lock there. */
  public List<Trial> test() {
    List<Trial> trials = new ArrayList<>();
    trials.add(trial(location(), t -> run(Access.SHARED, t)));
    for (String location : copies()) {
      trials.add(trial(location, t -> onOther(location, Access.SHARED, t)));
    }
    return trials;
  }

  /**
   * How a place answered.
   *
   * @param snapshots how many there are; -1 if it does not work
   * @param milliseconds that it took
   * @param problem what is wrong; empty if nothing is
   */
  public record Trial(String location, int snapshots, long milliseconds, String problem) {}

  private static Trial trial(String location, Function<Task<Integer>, Integer> place) {
    long begun = System.nanoTime();
    try {
      int snapshots = place.apply(r -> r.backend().list(Kind.SNAPSHOT).size());
      return new Trial(location, snapshots, millisecondsSince(begun), "");
    } catch (KibanException e) {
      return new Trial(location, -1, millisecondsSince(begun), e.getMessage());
    }
  }

  private static long millisecondsSince(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun).toMillis();
  }

  /**
   * Restores the newest snapshot in which a directory was saved.
   *
   * @throws KibanException if there is none, or not all of it comes back
   */
  void restoreNewest(Path saved, Path target) {
    run(
        Access.SHARED,
        r -> {
          Snapshot newest =
              r.snapshots().stream()
                  .filter(s -> s.paths().contains(saved.toString()))
                  .reduce((older, newer) -> newer)
                  .orElseThrow(
                      () ->
                          new KibanException(
                              Outcome.FAILED, BackupMessage.NO_SNAPSHOT, location(), saved));
          Progress progress = new Progress();
          r.loadIndex();
          new Restore(r, progress, false).run(newest.tree(), List.of(), target, workers());
          Restore.requireWhole(newest, progress, Outcome.FAILED);
          return newest;
        });
  }
}
