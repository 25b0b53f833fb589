package org.kiban.node.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.node.NodeMessages;

/**
 * Looks at {@code etc/org.kiban.*} and believes a change only when two looks in a row agree, so
 * that a file that is still being written is never read half. Used by one thread, {@link #trust}
 * aside.
 */
final class EtcScanner {

  private final Path etc;
  private final Map<String, byte[]> stable;
  private final Set<String> trusted = new HashSet<>();
  private final Map<String, KibanException> problems = new TreeMap<>();
  private Map<String, byte[]> last;

  /**
   * @param etc the directory
   * @param inForce what an earlier run of the node worked with; what the first look finds replaces
   *     it at once
   */
  EtcScanner(Path etc, Map<String, byte[]> inForce) {
    this.etc = etc;
    this.stable = new TreeMap<>(inForce);
  }

  /** Takes the next content of a file at once: the node itself has written it whole. */
  void trust(String file) {
    synchronized (trusted) {
      trusted.add(file);
    }
  }

  /** Looks once; returns stable contents by file name. */
  Map<String, byte[]> scan() {
    problems.clear();
    Set<String> believed = takeTrusted();
    Map<String, byte[]> now = new TreeMap<>();
    try {
      readAll(now);
    } catch (IOException e) {
      problems.put(etc.toString(), unreadable(etc, e));
      return new TreeMap<>(stable);
    }
    if (now.isEmpty() && problems.isEmpty() && !stable.isEmpty()) {
      // An unmounted volume looks like this; nobody means to switch off everything in one second.
      problems.put(
          etc.toString(), new KibanException(Outcome.REFUSED, NodeMessages.ETC_EMPTY, etc));
      return new TreeMap<>(stable);
    }
    Set<String> names = new HashSet<>(stable.keySet());
    names.addAll(now.keySet());
    names.removeAll(problems.keySet());
    for (String name : names) {
      byte[] content = now.get(name);
      if (last == null || believed.contains(name) || Arrays.equals(content, last.get(name))) {
        settle(name, content);
      }
    }
    last = now;
    return new TreeMap<>(stable);
  }

  /** What the last look could not read, by file. */
  Map<String, KibanException> problems() {
    return new TreeMap<>(problems);
  }

  private Set<String> takeTrusted() {
    synchronized (trusted) {
      Set<String> taken = new HashSet<>(trusted);
      trusted.clear();
      return taken;
    }
  }

  private void settle(String name, byte[] content) {
    if (content == null) {
      stable.remove(name);
    } else {
      stable.put(name, content);
    }
  }

  private void readAll(Map<String, byte[]> into) throws IOException {
    Map<String, Path> files = new HashMap<>();
    try (Stream<Path> entries = Files.list(etc)) {
      entries
          .filter(p -> isOurs(p.getFileName().toString()))
          .forEach(p -> files.put(p.getFileName().toString(), p));
    }
    for (Map.Entry<String, Path> file : files.entrySet()) {
      try {
        into.put(file.getKey(), Files.readAllBytes(file.getValue()));
      } catch (IOException e) {
        problems.put(file.getKey(), unreadable(file.getValue(), e));
      }
    }
  }

  private static boolean isOurs(String name) {
    return name.startsWith(Desired.PID_PREFIX)
        && (name.endsWith(".cfg.json") || name.endsWith(".cfg") || name.endsWith(".config"));
  }

  private static KibanException unreadable(Path path, IOException e) {
    return new KibanException(
        e,
        Outcome.FAILED,
        NodeMessages.UNREADABLE,
        path.getFileName(),
        e.getClass().getSimpleName());
  }
}
