package org.kiban.addon.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.kiban.core.KibanException;

/**
 * The folder {@code etc/trust}: whose add-ons a node takes. A wrong trust file trusts nobody and
 * stops no other; a wrong revocation list stops everything, because nobody knows what it revokes.
 * What was read does not change; safe for any thread.
 */
public final class TrustStore {

  private static final long LONGEST = 1L << 20;

  private final Map<String, TrustedKey> keys = new TreeMap<>();
  private final Map<String, String> files = new TreeMap<>();
  private final Map<String, String> lists = new TreeMap<>();
  private final List<RevocationList> revocations = new ArrayList<>();
  private final List<KibanException> problems = new ArrayList<>();
  private KibanException damage;

  private TrustStore() {}

  /**
   * Reads a folder; one that is not there trusts nobody.
   *
   * @throws KibanException if it cannot be read
   */
  public static TrustStore read(Path folder) {
    TrustStore store = new TrustStore();
    if (!Files.isDirectory(folder)) {
      return store;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.sorted().toList();
      sorted.stream()
          .filter(f -> f.getFileName().toString().endsWith(TrustedKey.SUFFIX))
          .forEach(store::readKey);
      sorted.stream()
          .filter(f -> f.getFileName().toString().endsWith(RevocationList.SUFFIX))
          .forEach(store::readRevocations);
    } catch (IOException e) {
      throw PackMessage.NOT_READABLE.refuse(e, folder, Why.of(e.toString()));
    }
    return store;
  }

  private void readKey(Path file) {
    try {
      TrustedKey key = TrustedKey.parse(file.toString(), content(file));
      if (keys.putIfAbsent(key.signer().keyId(), key) != null) {
        throw PackMessage.WRONG_TRUST_FILE.refuse(
            file, 1, Why.of("another file has the same key", "同じ鍵のファイルがほかにあります"));
      }
      files.put(key.signer().keyId(), file.getFileName().toString());
    } catch (KibanException e) {
      problems.add(e);
    }
  }

  private void readRevocations(Path file) {
    try {
      RevocationList list = RevocationList.parse(file.toString(), content(file), this::find);
      revocations.add(list);
      lists.put(file.getFileName().toString(), list.issuer());
    } catch (KibanException e) {
      problems.add(e);
      damage = damage == null ? e : damage;
    }
  }

  /**
   * The bytes of a trust file or a revocation list, wherever it lies.
   *
   * @throws KibanException if it cannot be read or is too large to be one
   */
  public static byte[] content(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw PackMessage.TOO_LARGE.refuse(file, LONGEST + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw PackMessage.NOT_READABLE.refuse(e, file, Why.of(e.toString()));
    }
  }

  /** The trusted keys, by id. */
  public List<TrustedKey> keys() {
    return List.copyOf(keys.values());
  }

  /** The revocation lists in force. */
  public List<RevocationList> revocations() {
    return List.copyOf(revocations);
  }

  /** What is wrong with files of the folder. */
  public List<KibanException> problems() {
    return List.copyOf(problems);
  }

  /** A trusted key by its id. */
  public Optional<TrustedKey> find(String keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }

  /**
   * The names of the files of a trusted key: its revocation lists first, which cannot be read
   * without it, then its trust file.
   */
  public List<String> files(String keyId) {
    List<String> names =
        new ArrayList<>(
            lists.entrySet().stream()
                .filter(list -> list.getValue().equals(keyId))
                .map(Map.Entry::getKey)
                .toList());
    names.add(files.get(keyId));
    return names;
  }

  /** Refuses everything while a revocation list is damaged. */
  void checkRevocations() {
    if (damage != null) {
      throw damage;
    }
  }

  /**
   * Tells under which name a file that came on a medium belongs into the folder.
   *
   * @param name of the file
   * @param content a trust file, or a revocation list newer than the one in force
   * @return a name without a path; an existing file of that name is to be replaced
   * @throws KibanException if it is neither
   */
  public String place(String name, byte[] content) {
    if (name.endsWith(RevocationList.SUFFIX)) {
      RevocationList list = RevocationList.parse(name, content, this::find);
      for (RevocationList inForce : revocations) {
        if (inForce.issuer().equals(list.issuer()) && inForce.number() >= list.number()) {
          throw PackMessage.OLD_REVOCATIONS.refuse(name, list.number(), inForce.number());
        }
      }
      return list.issuer() + RevocationList.SUFFIX;
    }
    String keyId = TrustedKey.parse(name, content).signer().keyId();
    return files.getOrDefault(keyId, keyId + TrustedKey.SUFFIX);
  }
}
