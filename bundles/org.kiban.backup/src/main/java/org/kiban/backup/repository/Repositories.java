package org.kiban.backup.repository;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
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
    backend.save(Kind.KEY, Repository.hash(file, 0, file.length).toString(), file, file.length);
    byte[] id = new byte[32];
    random.nextBytes(id);
    byte[] config =
        new Envelope(key, random)
            .seal(new Config(2, HexFormat.of().formatHex(id), polynomial).json());
    backend.save(Kind.CONFIG, "config", config, config.length);
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

  /** Reads a file and holds it to its name. */
  static byte[] whole(Backend backend, Kind kind, String name) throws IOException {
    byte[] content = backend.load(kind, name);
    if (!Repository.hash(content, 0, content.length).toString().equals(name)) {
      throw new DamagedException(kind.path(name), "its content is not what its name says");
    }
    return content;
  }
}
