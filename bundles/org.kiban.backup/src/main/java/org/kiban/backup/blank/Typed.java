package org.kiban.backup.blank;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.backend.Target;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** What an operator typed after {@code kiban restore}. Secrets are never among it. */
public final class Typed {

  private static final String PASSWORD_FILE = "--password-file";
  private static final String SECRET_FILE = "--secret-file";
  private static final String NODE = "--node";
  private static final String HOST_KEY = "--sftp-host-key";
  private static final String REGION = "--s3-region";
  private static final String VIRTUAL_HOST = "--s3-virtual-host";
  private static final String SCRATCH = "--scratch";
  private static final Set<String> WITH_VALUE = Set.of(PASSWORD_FILE, SECRET_FILE, NODE, REGION);
  private static final Set<String> ALONE = Set.of(VIRTUAL_HOST, SCRATCH);

  private final String repository;
  private final Map<String, String> options = new HashMap<>();
  private final List<String> hostKeys = new ArrayList<>();

  /**
   * Reads it.
   *
   * @throws KibanException if it is not what can be typed
   */
  Typed(String... words) {
    List<String> places = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals(HOST_KEY) && i + 1 < words.length) {
        hostKeys.add(words[++i]);
      } else if (WITH_VALUE.contains(words[i]) && i + 1 < words.length) {
        add(words[i], words[++i]);
      } else if (ALONE.contains(words[i])) {
        add(words[i], "");
      } else if (words[i].matches("(/|sftp:|s3:).*")) {
        places.add(words[i]);
      } else {
        throw wrong();
      }
    }
    if (places.size() != 1) {
      throw wrong();
    }
    repository = places.get(0);
    if (repository.startsWith("sftp:") && hostKeys.isEmpty()) {
      throw new KibanException(Outcome.USAGE, BackupMessage.NO_HOST_KEY, repository);
    }
  }

  private void add(String option, String value) {
    if (options.put(option, value) != null) {
      throw wrong();
    }
  }

  private static KibanException wrong() {
    return new KibanException(Outcome.USAGE, BackupMessage.RESTORE_USAGE);
  }

  /** What is to be typed for a place, without anything secret. */
  public static List<String> words(Target place) {
    List<String> words = new ArrayList<>(List.of(place.location()));
    if (place.location().startsWith("sftp:")) {
      place.hostKeys().forEach(key -> words.addAll(List.of(HOST_KEY, key)));
    } else if (place.location().startsWith("s3:")) {
      words.addAll(List.of(REGION, place.s3().region()));
      if (place.s3().virtualHost()) {
        words.add(VIRTUAL_HOST);
      }
    }
    return words;
  }

  /**
   * Where the repository lies.
   *
   * @param secret the name of the secret to get there with
   */
  Target target(String secret) {
    return new Target(
        repository,
        secret,
        "",
        false,
        hostKeys,
        new Target.S3(
            options.getOrDefault(REGION, "us-east-1"),
            options.containsKey(VIRTUAL_HOST),
            0,
            "COMPLIANCE"),
        List.of(),
        List.of());
  }

  /** The file with the recovery password; null if it is to be asked for. */
  String passwordFile() {
    return options.get(PASSWORD_FILE);
  }

  /** The file with what opens the place; null if it is to be asked for. */
  String secretFile() {
    return options.get(SECRET_FILE);
  }

  /** The name of the node that this machine is to be; null if it was not said. */
  String node() {
    return options.get(NODE);
  }

  /** Whether nothing may be written but data and configuration: it is a drill. */
  boolean scratch() {
    return options.containsKey(SCRATCH);
  }
}
