package org.kiban.update.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The metadata of one source as apt last trusted it. apt does not say when somebody holds it back
 * or gives it old metadata: it keeps what it has, and succeeds. Its age is what shows that.
 *
 * @param file its name among apt's lists
 * @param origin {@code <label>:<version>/<suite>}
 * @param date when the supplier signed it; null if it does not say
 * @param validUntil until when it counts; null if it does not say
 * @param security whether it brings security updates
 */
public record Source(
    String file, String origin, Instant date, Instant validUntil, boolean security) {

  private static final int MOST_LINES = 40;

  /** Reads all metadata below a folder, such as {@code /var/lib/apt/lists}. */
  static List<Source> read(Path lists, Urgent urgent) throws IOException {
    List<Source> sources = new ArrayList<>();
    if (!Files.isDirectory(lists)) {
      return sources;
    }
    try (Stream<Path> files = Files.list(lists)) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith("_InRelease") || file.toString().endsWith("_Release")) {
          sources.add(of(file, urgent));
        }
      }
    }
    return sources;
  }

  private static Source of(Path file, Urgent urgent) throws IOException {
    Map<String, String> fields = new HashMap<>();
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      lines
          .limit(MOST_LINES)
          .filter(l -> l.matches("[A-Z][A-Za-z-]*: .*"))
          .forEach(
              l -> fields.putIfAbsent(l.replaceFirst(":.*", ""), l.replaceFirst("[^:]*: *", "")));
    }
    String origin =
        "%s:%s/%s"
            .formatted(
                fields.getOrDefault("Label", ""),
                fields.getOrDefault("Version", ""),
                fields.getOrDefault("Suite", ""));
    return new Source(
        file.getFileName().toString(),
        origin,
        time(fields.get("Date")),
        time(fields.get("Valid-Until")),
        urgent.covers(origin));
  }

  private static Instant time(String text) {
    try {
      return text == null
          ? null
          : ZonedDateTime.parse(text.replace("UTC", "GMT"), DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
