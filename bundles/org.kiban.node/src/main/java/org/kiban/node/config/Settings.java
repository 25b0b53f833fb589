package org.kiban.node.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.node.NodeMessages;

/**
 * The node's own settings, {@code etc/org.kiban.node.cfg.json}. They are read once at start, before
 * anything else is configured: the node's name and paths must not change under running parts.
 *
 * @param nodeName its name in its network
 * @param locale the language of messages where a session does not say
 * @param scanIntervalMillis how often {@code etc/} is looked at
 * @param healthIntervalSeconds how often health checks are asked once all is well
 * @param startGraceSeconds how long a capability may take to come up before it counts as failed
 */
public record Settings(
    String nodeName,
    Locale locale,
    long scanIntervalMillis,
    long healthIntervalSeconds,
    long startGraceSeconds) {

  /** The file's name in {@code etc/}. */
  public static final String FILE = "org.kiban.node.cfg.json";

  private static final List<String> KEYS =
      List.of(
          "node-name",
          "locale",
          "scan-interval-millis",
          "health-interval-seconds",
          "start-grace-seconds");

  /**
   * Reads the file; where it is missing or wrong, the defaults hold and the registry reports why.
   */
  public static Settings load(Path etc) {
    try {
      return parse(Files.readAllBytes(etc.resolve(FILE)));
    } catch (IOException | KibanException e) {
      return of(Map.of());
    }
  }

  /**
   * Reads the file's content.
   *
   * @throws KibanException if it is wrong
   */
  public static Settings parse(byte[] content) {
    Map<String, Object> values = FlatJson.parse(FILE, content);
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      String key = entry.getKey();
      if (!KEYS.contains(key)) {
        throw new KibanException(
            Outcome.REFUSED, NodeMessages.UNKNOWN_KEY, FILE, key, Nearest.hint(key, KEYS));
      }
      boolean number = KEYS.indexOf(key) > 1;
      if (number ? !(entry.getValue() instanceof Long n && n > 0) : !isText(entry.getValue())) {
        throw new KibanException(
            Outcome.REFUSED, NodeMessages.WRONG_TYPE, FILE, key, number ? "1, 2, 3 …" : "\"text\"");
      }
    }
    return of(values);
  }

  private static boolean isText(Object value) {
    return value instanceof String;
  }

  private static Settings of(Map<String, Object> values) {
    String name = (String) values.getOrDefault("node-name", "");
    return new Settings(
        name.isBlank() ? hostName() : name,
        Locale.forLanguageTag((String) values.getOrDefault("locale", "ja")),
        (Long) values.getOrDefault("scan-interval-millis", 1000L),
        (Long) values.getOrDefault("health-interval-seconds", 5L),
        (Long) values.getOrDefault("start-grace-seconds", 60L));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "kiban";
    }
  }
}
