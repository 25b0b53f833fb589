package org.kiban.backup.repository;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** The passwords of an open repository: each wraps the same key. */
public final class Keyring {

  private final Repository repository;
  private final Backend backend;

  /** Of a repository. */
  public Keyring(Repository repository) {
    this.repository = repository;
    this.backend = repository.backend();
  }

  /** Adds a password; returns its key's name. */
  public Id add(Repository.Password password) throws IOException {
    byte[] file =
        KeyFile.write(
            repository.key(),
            password.text(),
            password.cost(),
            repository.clock().instant(),
            repository.host(),
            new SecureRandom());
    Id name = Repository.hash(file, 0, file.length);
    Repositories.store(backend, Kind.KEY, name.toString(), file, file.length);
    return name;
  }

  /**
   * Adds a password that is to take the place of another, unless it opens the repository already.
   *
   * @return its key's name
   * @throws KibanException if neither opens it
   */
  public Id replacement(Repository.Password before, Repository.Password after) throws IOException {
    Optional<Id> there = find(after);
    if (there.isEmpty() && find(before).isEmpty()) {
      throw new KibanException(Outcome.FAILED, BackupMessage.NOT_ITS_PASSWORD, backend.location());
    }
    return there.isPresent() ? there.get() : add(after);
  }

  private Optional<Id> find(Repository.Password password) throws IOException {
    for (Backend.Entry entry : backend.list(Kind.KEY)) {
      byte[] content = Repositories.whole(backend, Kind.KEY, entry.name());
      if (KeyFile.open(content, password.text(), Kind.KEY.path(entry.name())).isPresent()) {
        return Optional.of(Id.parse(entry.name()));
      }
    }
    return Optional.empty();
  }

  /** All passwords' keys: name, host, when, and whether it is the one that opened this. */
  public List<KeyInfo> list() throws IOException {
    List<KeyInfo> keys = new ArrayList<>();
    for (Backend.Entry entry : backend.list(Kind.KEY)) {
      JsonNode json =
          Json.parse(
              Repositories.whole(backend, Kind.KEY, entry.name()), Kind.KEY.path(entry.name()));
      keys.add(
          new KeyInfo(
              Id.parse(entry.name()),
              json.path("hostname").asText(),
              json.path("created").asText(),
              entry.name().equals(repository.keyName().toString())));
    }
    keys.sort(Comparator.comparing(KeyInfo::created));
    return keys;
  }

  /** A password's file, without the password. */
  public record KeyInfo(Id id, String host, String created, boolean current) {}

  /** What is wrong with the files of passwords. */
  public List<DamagedException> damages() throws IOException {
    List<DamagedException> damages = new ArrayList<>();
    for (Backend.Entry entry : backend.list(Kind.KEY)) {
      try {
        Repositories.whole(backend, Kind.KEY, entry.name());
      } catch (DamagedException e) {
        damages.add(e);
      }
    }
    return damages;
  }

  /** Removes a password by the beginning of its key's name; never the one that is in use. */
  public Id remove(String start) throws IOException {
    List<KeyInfo> found = list().stream().filter(k -> k.id().toString().startsWith(start)).toList();
    if (found.size() != 1) {
      throw new KibanException(Outcome.USAGE, BackupMessage.NO_KEY, start);
    }
    delete(found.get(0).id());
    return found.get(0).id();
  }

  /** Removes a password, if it opens the repository; returns what it had. */
  public Optional<Id> remove(Repository.Password password) throws IOException {
    Optional<Id> found = find(password);
    if (found.isPresent()) {
      delete(found.get());
    }
    return found;
  }

  private void delete(Id key) throws IOException {
    if (key.equals(repository.keyName())) {
      throw new KibanException(Outcome.REFUSED, BackupMessage.OWN_KEY, backend.location());
    }
    backend.requireRemoval();
    backend.delete(Kind.KEY, key.toString());
  }
}
