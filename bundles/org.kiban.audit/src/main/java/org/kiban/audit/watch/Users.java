package org.kiban.audit.watch;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kiban.core.Digests;

/** The users and groups of {@code users.properties}, so that a change of them can be told. */
final class Users {

  private static final int SHORT = 8;

  private Users() {}

  /**
   * Each user and group with its roles, and a mark that changes with its password.
   *
   * @param file a missing one has no users
   */
  static Map<String, String> read(Path file) throws IOException {
    Properties lines = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      lines.load(in);
    } catch (NoSuchFileException e) {
      return Map.of();
    }
    Map<String, String> users = new TreeMap<>();
    for (String name : lines.stringPropertyNames()) {
      String[] parts = lines.getProperty(name).split(",");
      String roles = String.join(",", new TreeSet<>(Arrays.asList(parts).subList(1, parts.length)));
      users.put(name, mark(parts[0]) + " " + roles);
    }
    return users;
  }

  /** What became of users, in words, without passwords. */
  static List<String> changes(Map<String, String> before, Map<String, String> after) {
    List<String> changes = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      String old = before.get(name);
      String now = after.get(name);
      if (old == null) {
        changes.add(name + ": added, roles " + roles(now));
      } else if (now == null) {
        changes.add(name + ": removed, roles " + roles(old));
      } else if (!roles(old).equals(roles(now))) {
        changes.add(name + ": roles " + roles(old) + " -> " + roles(now));
      } else if (!Objects.equals(old, now)) {
        changes.add(name + ": password changed");
      }
    }
    return changes;
  }

  private static String roles(String kept) {
    return kept.substring(kept.indexOf(' ') + 1);
  }

  /** Passwords are kept as salted hashes; a part of the hash of that gives nothing away. */
  private static String mark(String password) {
    return Digests.sha256(password.getBytes(StandardCharsets.UTF_8)).substring(0, SHORT);
  }
}
