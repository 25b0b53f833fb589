package org.kiban.backup;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.kiban.backup.BackupAgent.Access;
import org.kiban.backup.BackupAgent.Task;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.Targets;
import org.kiban.backup.repository.DamagedException;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Keyring;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Repository.Password;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Copy;
import org.kiban.backup.run.Progress;
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
    return access == Access.LOOK
        ? opened(access, password, task)
        : alone(() -> opened(access, password, task));
  }

  private <T> T opened(Access access, Optional<Password> password, Task<T> task) {
    return translated(
        targets.open(places.repository(), access == Access.REMOVAL),
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

  /** Makes the repository, and those of further places that are missing; returns where. */
  public List<String> create() {
    List<String> made = new ArrayList<>();
    Optional<KibanException> first = made(backend(), OptionalLong.empty(), made);
    long polynomial = run(Access.LOOK, r -> r.config().polynomial());
    for (String location : config.copies()) {
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
        from -> onOther(location, password, to -> new Copy(from, to, progress).run()));
  }

  private <T> T onOther(String location, Optional<Password> password, Task<T> task) {
    return translated(
        backend(location),
        b -> {
          try (Repository to =
              Repositories.open(b, settings(), password.orElseGet(this::password)).lock(false)) {
            return task.with(to);
          }
        });
  }

  /** Adds a password to the repository and to that of every further place; returns its name. */
  public Id addKey(Password password) {
    Id id = run(Access.SHARED, r -> new Keyring(r).add(password));
    for (String location : config.copies()) {
      onOther(location, Optional.empty(), r -> new Keyring(r).add(password));
    }
    return id;
  }
}
