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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kiban.core.Digests;

/**
 * The metadata of one source as apt last trusted it. apt does not say when somebody holds it back
 * or gives it old metadata: it keeps what it has, and succeeds. Its age is what shows that.
 *
 * @param file its name among apt's lists
 * @param origin {@code <label>:<version>/<suite>}
 * @param date when the supplier signed it; null if it does not say
 * @param validUntil until when it counts; null if it does not say
 * @param sha256 of what the supplier signed
 * @param security whether it brings security updates
 */
public record Source(
    String file, String origin, Instant date, Instant validUntil, String sha256, boolean security) {

  private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE";

  private static final Pattern LINE = Pattern.compile("source (\\S+) ([0-9a-f]{64})");
  private static final Pattern FIELD = Pattern.compile("([A-Z][A-Za-z-]*): *(.*)");
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

  /** Whether its time is over: it was held back until then, or nobody brings newer. */
  public boolean isOver(Instant now) {
    return validUntil != null && now.isAfter(validUntil);
  }

  private static Source of(Path file, Urgent urgent) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(SIGNATURE);
    // The same content is signed again when keys change: only the content counts.
    String signed = end < 0 ? text : text.substring(0, end);
    return of(
        file.getFileName().toString(),
        Digests.sha256(signed.getBytes(StandardCharsets.ISO_8859_1)),
        text.lines().limit(MOST_LINES).toList(),
        urgent);
  }

  /** Reads what the helper says that sources offer. */
  static List<Source> parse(List<String> lines, Urgent urgent) {
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher m = LINE.matcher(lines.get(i));
      if (m.matches()) {
        List<String> rest = lines.subList(i + 1, lines.size());
        List<String> its = rest.stream().takeWhile(l -> FIELD.matcher(l).matches()).toList();
        sources.add(of(m.group(1), m.group(2), its, urgent));
      }
    }
    return sources;
  }

  private static Source of(String file, String sha256, List<String> lines, Urgent urgent) {
    Map<String, String> fields = new HashMap<>();
    for (String line : lines) {
      Matcher m = FIELD.matcher(line);
      if (m.matches()) {
        fields.putIfAbsent(m.group(1), m.group(2));
      }
    }
    String origin =
        "%s:%s/%s"
            .formatted(
                fields.getOrDefault("Label", ""),
                fields.getOrDefault("Version", ""),
                fields.getOrDefault("Suite", ""));
    return new Source(
        file,
        origin,
        time(fields.get("Date")),
        time(fields.get("Valid-Until")),
        sha256,
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
