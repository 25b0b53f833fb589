package org.kiban.backup.repository;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.chunk.Polynomial;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Makes and opens repositories. */
public final class Repositories {

  private Repositories() {}

  /** Makes a new, empty repository with one password. */
  public static void create(
      Backend backend, Repository.Settings settings, Repository.Password password)
      throws IOException {
    create(backend, settings, password, Polynomial.random(new SecureRandom()));
  }

  /** Makes a new, empty repository that cuts files as another does. */
  public static void create(
      Backend backend, Repository.Settings settings, Repository.Password password, long polynomial)
      throws IOException {
    backend.create();
    if (!backend.list(Kind.CONFIG).isEmpty() || !backend.list(Kind.KEY).isEmpty()) {
      throw new KibanException(Outcome.REFUSED, BackupMessage.EXISTS, backend.location());
    }
    SecureRandom random = new SecureRandom();
    MasterKey key = MasterKey.random(random);
    byte[] file =
        KeyFile.write(
            key,
            password.text(),
            password.cost(),
            settings.clock().instant(),
            settings.host(),
            random);
    store(backend, Kind.KEY, Repository.hash(file, 0, file.length).toString(), file, file.length);
    byte[] id = new byte[32];
    random.nextBytes(id);
    byte[] config =
        new Envelope(key, random)
            .seal(new Config(2, HexFormat.of().formatHex(id), polynomial).json());
    store(backend, Kind.CONFIG, "config", config, config.length);
  }

  /**
   * Opens a repository.
   *
   * @throws KibanException if there is none, or the password is wrong
   */
  public static Repository open(
      Backend backend, Repository.Settings settings, Repository.Password password)
      throws IOException {
    byte[] sealed;
    try {
      sealed = backend.load(Kind.CONFIG, "config");
    } catch (NoSuchFileException e) {
      throw new KibanException(e, Outcome.FAILED, BackupMessage.NO_REPOSITORY, backend.location());
    }
    DamagedException damaged = null;
    for (Backend.Entry entry : backend.list(Kind.KEY)) {
      String file = Kind.KEY.path(entry.name());
      try {
        byte[] content = whole(backend, Kind.KEY, entry.name());
        Optional<MasterKey> key = KeyFile.open(content, password.text(), file);
        if (key.isPresent()) {
          Envelope envelope = new Envelope(key.get(), new SecureRandom());
          Config config = Config.parse(envelope.open(sealed, "config"));
          if (config.version() < 1 || config.version() > 2) {
            throw new KibanException(
                Outcome.FAILED, BackupMessage.WRONG_VERSION, backend.location(), config.version());
          }
          return new Repository(
              backend, settings, key.get(), envelope, config, Id.parse(entry.name()));
        }
      } catch (DamagedException e) {
        damaged = e;
      }
    }
    if (damaged != null) {
      throw damaged;
    }
    throw new KibanException(Outcome.FAILED, BackupMessage.WRONG_PASSWORD, backend.location());
  }

  /**
   * Stores a file and sees that it is there: a place that only says so must not be believed. Of
   * packs the size is asked, whose content {@link PackCheck} reads; the others are read back. What
   * is there instead is taken away if it can be, so that it is in nobody's way.
   */
  static void store(Backend backend, Kind kind, String name, byte[] content, int length)
      throws IOException {
    backend.save(kind, name, content, length);
    try {
      if (kind == Kind.PACK) {
        long size = backend.size(kind, name);
        if (size != length) {
          throw lied(backend, kind, name, "has " + size + " bytes, not " + length);
        }
      } else if (!Arrays.equals(backend.load(kind, name), Arrays.copyOf(content, length))) {
        throw lied(backend, kind, name, "is not what was sent");
      }
    } catch (NoSuchFileException e) {
      throw lied(backend, kind, name, "is not there");
    }
  }

  private static DamagedException lied(Backend backend, Kind kind, String name, String what) {
    DamagedException lie =
        new DamagedException(kind.path(name), "was stored as it seemed, but " + what);
    try {
      backend.delete(kind, name);
    } catch (IOException | KibanException e) {
      lie.addSuppressed(e);
    }
    return lie;
  }

  /** Reads a file and holds it to its name. */
  static byte[] whole(Backend backend, Kind kind, String name) throws IOException {
    byte[] content = backend.load(kind, name);
    if (!Repository.hash(content, 0, content.length).toString().equals(name)) {
      throw new DamagedException(kind.path(name), "its content is not what its name says");
    }
    return content;
  }
}
