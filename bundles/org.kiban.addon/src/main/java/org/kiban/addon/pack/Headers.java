package org.kiban.addon.pack;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The main section of a bundle's manifest, in which each header stands once: frameworks differ on
 * which of two counts.
 */
final class Headers {

  private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]*): (.*)");

  private final String bundle;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * A clause of a header: {@code path;path;attribute=value;directive:=value}.
   *
   * @param paths at least one
   * @param parameters attributes by name, directives by name and colon
   */
  record Clause(List<String> paths, Map<String, String> parameters) {}

  private Headers(String bundle) {
    this.bundle = bundle;
  }

  static Headers parse(String bundle, byte[] manifest) {
    Headers headers = new Headers(bundle);
    String text;
    try {
      // Lines are cut by bytes, within characters too: they are joined before they are decoded.
      String bytes =
          new String(manifest, StandardCharsets.ISO_8859_1)
              .replaceAll("\r\n|\r", "\n")
              .replace("\n ", "");
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
              .toString();
    } catch (CharacterCodingException e) {
      throw headers.wrong("its manifest is not UTF-8", "マニフェストが UTF-8 ではありません");
    }
    for (String line : text.split("\n", -1)) {
      if (line.isEmpty()) {
        break;
      }
      headers.add(line);
    }
    return headers;
  }

  private void add(String line) {
    Matcher m = HEADER.matcher(line);
    if (!m.matches() || line.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
      throw wrong("a line of its manifest is no header: " + line, "マニフェストの行が誤りです: " + line);
    }
    if (headers.putIfAbsent(m.group(1), m.group(2)) != null) {
      throw wrong(
          "the header " + m.group(1) + " is there twice", "ヘッダ " + m.group(1) + " が重複しています");
    }
  }

  private RuntimeException wrong(String en, String ja) {
    return PackMessage.WRONG_BUNDLE.refuse(bundle, Why.of(en, ja));
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The clauses of a header; none if it is not there. */
  List<Clause> clauses(String name) {
    List<Clause> clauses = new ArrayList<>();
    for (String clause : split(headers.getOrDefault(name, ""), ',')) {
      List<String> paths = new ArrayList<>();
      Map<String, String> parameters = new TreeMap<>();
      for (String part : split(clause, ';')) {
        int equals = equalsSign(part);
        if (equals < 0) {
          paths.add(part);
        } else {
          String key = part.substring(0, equals).strip();
          String value = part.substring(equals + 1).strip();
          parameters.put(key, value.replaceAll("^\"|\"$", ""));
        }
      }
      if (paths.isEmpty()) {
        throw wrong("the header " + name + " is damaged", "ヘッダ " + name + " が壊れています");
      }
      clauses.add(new Clause(paths, parameters));
    }
    return clauses;
  }

  /** All paths of a header, without parameters. */
  List<String> paths(String name) {
    return clauses(name).stream().flatMap(c -> c.paths().stream()).toList();
  }

  /** Cuts at a separator outside quotes; in one pass, because headers may be long. */
  private List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(begin, i).strip());
        begin = i + 1;
      }
    }
    if (quoted) {
      throw wrong("a quote in its manifest does not end", "マニフェストの引用符が閉じていません");
    }
    parts.add(text.substring(begin).strip());
    parts.removeIf(String::isEmpty);
    return parts;
  }

  private static int equalsSign(String part) {
    int equals = part.indexOf('=');
    int quote = part.indexOf('"');
    return quote >= 0 && quote < equals ? -1 : equals;
  }
}
