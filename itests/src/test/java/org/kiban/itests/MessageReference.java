package org.kiban.itests;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code docs/reference/messages.md}, made from the sources: every coded message that an operator
 * can meet. Needs nothing but a JDK, so that one command without a build writes it:
 *
 * <pre>java itests/src/test/java/org/kiban/itests/MessageReference.java</pre>
 */
public final class MessageReference {

  private static final Pattern CODE = Pattern.compile("KBN-[A-Z]+-\\d{3}");
  private static final Pattern QUOTED_CODE = Pattern.compile("\"(KBN-[A-Z]+-\\d{3})\"");
  private static final Pattern KEY = Pattern.compile("^(KBN-[A-Z]+-\\d{3}(?:\\.action)?)\\s*=");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)");
  private static final String ARGUMENT = "\\s+\"((?:[^\"\\\\]|\\\\.)*)\"";

  /** {@code refuse <status> <code> <ja> <en> <ja action> <en action>} in bin/kiban. */
  private static final Pattern REFUSAL =
      Pattern.compile("refuse \\d (KBN-[A-Z]+-\\d{3})" + ARGUMENT.repeat(4));

  private final Map<String, Message> messages = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * A message.
   *
   * @param origin the bundle or file that says it
   */
  private record Message(
      String code, String origin, String ja, String en, String jaAction, String enAction) {

    String area() {
      return code.substring("KBN-".length(), code.lastIndexOf('-'));
    }
  }

  /**
   * Reads the sources.
   *
   * @param root of the repository
   */
  public MessageReference(Path root) {
    try {
      for (Path bundle : list(root.resolve("bundles"))) {
        readBundle(bundle);
      }
      readScript(root.resolve("assembly/src/main/distribution/bin/kiban"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the page, or says what is wrong with the messages and writes nothing. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments.length > 0 ? arguments[0] : ".");
    MessageReference reference = new MessageReference(root);
    if (!reference.problems().isEmpty()) {
      System.err.println(String.join(System.lineSeparator(), reference.problems()));
      System.exit(1);
    }
    Files.writeString(page(root), reference.render());
  }

  /** Where the page lies. */
  public static Path page(Path root) {
    return root.resolve("docs/reference/messages.md");
  }

  /** What is wrong with the messages themselves. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Every code. */
  public Set<String> codes() {
    return Set.copyOf(messages.keySet());
  }

  private void readBundle(Path bundle) throws IOException {
    Path main = bundle.resolve("src/main");
    String name = bundle.getFileName().toString();
    Set<String> used = new TreeSet<>();
    Set<String> texts = new TreeSet<>();
    for (Path file : list(main)) {
      String fileName = file.getFileName().toString();
      if (fileName.endsWith(".java")) {
        QUOTED_CODE
            .matcher(Files.readString(file))
            .results()
            .map(m -> m.group(1))
            .filter(code -> !used.add(code))
            .forEach(code -> problems.add(code + " (" + name + ") stands twice in the code"));
      } else if (fileName.equals("messages.properties")) {
        texts.addAll(readTexts(name, file));
      }
    }
    used.stream()
        .filter(c -> !texts.contains(c))
        .forEach(c -> problems.add(c + " (" + name + ") has no text"));
    texts.stream()
        .filter(c -> !used.contains(c))
        .forEach(c -> problems.add(c + " (" + name + ") is said by nobody"));
  }

  private Set<String> readTexts(String bundle, Path file) throws IOException {
    Map<String, String> en = properties(file);
    Path japanese = file.resolveSibling("messages_ja.properties");
    Map<String, String> ja = Files.exists(japanese) ? properties(japanese) : Map.of();
    Set<String> keys = new TreeSet<>(en.keySet());
    keys.addAll(ja.keySet());
    Set<String> codes = new TreeSet<>();
    for (String key : keys) {
      String code = key.replaceFirst("\\.action$", "");
      if (!CODE.matcher(code).matches()) {
        problems.add(bundle + ": " + key + " is not a code");
      } else if (codes.add(code)) {
        add(
            new Message(
                code,
                bundle,
                ja.get(code),
                en.get(code),
                ja.get(code + ".action"),
                en.get(code + ".action")));
      }
    }
    return codes;
  }

  private Map<String, String> properties(Path file) throws IOException {
    Set<String> keys = new TreeSet<>();
    Files.readAllLines(file).stream()
        .map(KEY::matcher)
        .filter(Matcher::find)
        .map(key -> key.group(1))
        .filter(key -> !keys.add(key))
        .forEach(key -> problems.add(file.getFileName() + " says " + key + " twice"));
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    return read.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, read::getProperty));
  }

  private void readScript(Path script) throws IOException {
    String source = Files.readString(script).replaceAll("\\\\\n\\s*", "");
    Matcher refusal = REFUSAL.matcher(source);
    Set<String> read = new TreeSet<>();
    while (refusal.find()) {
      read.add(refusal.group(1));
      add(
          new Message(
              refusal.group(1),
              "bin/kiban",
              variables(refusal.group(2)),
              variables(refusal.group(3)),
              variables(refusal.group(4)),
              variables(refusal.group(5))));
    }
    CODE.matcher(source)
        .results()
        .map(found -> found.group())
        .filter(code -> code.startsWith("KBN-LAUNCH") && !read.contains(code))
        .forEach(code -> problems.add(code + " (bin/kiban) lacks a text or an action"));
  }

  /** A shell text with its variables as a reader sees them, in the syntax of MessageFormat. */
  private static String variables(String text) {
    return text.replaceAll("\\$\\((\\w+)\\)", "<$1>")
        .replaceAll("\\$\\{(\\w+)[^}]*\\}", "<$1>")
        .replaceAll("\\$(\\w+)", "<$1>")
        .replace("'", "''");
  }

  private void add(Message message) {
    Message before = messages.putIfAbsent(message.code(), message);
    if (before != null && !before.equals(message)) {
      problems.add(
          "%s means two things: in %s and in %s"
              .formatted(message.code(), before.origin(), message.origin()));
    }
    check(message, "Japanese text", message.ja());
    check(message, "English text", message.en());
    check(message, "Japanese action", message.jaAction());
    check(message, "English action", message.enAction());
    if (message.ja() != null
        && message.en() != null
        && arguments(message.ja()) != arguments(message.en())) {
      problems.add(message.code() + " names fewer arguments in one language than in the other");
    }
  }

  private void check(Message message, String what, String text) {
    if (text == null || text.isBlank()) {
      problems.add("%s (%s) has no %s".formatted(message.code(), message.origin(), what));
      return;
    }
    try {
      Objects.requireNonNull(new MessageFormat(text));
    } catch (IllegalArgumentException e) {
      problems.add("%s: its %s is no pattern: %s".formatted(message.code(), what, e.getMessage()));
    }
  }

  /** How many; not which, because a reason comes as two arguments, one for each language. */
  private static long arguments(String text) {
    return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).distinct().count();
  }

  /** The page. */
  public String render() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # メッセージ一覧 / Messages

        Kiban が表示するすべてのコードです。`{0}` などは状況に応じた値に置き換わります。画面とログには同じコードが出ます。
        *Every code that Kiban shows, with what happened and what to do. The same code stands in the log.*

        行の誤り(隔離レポート)には標準仕様のコードも使います: `E0001` 必須項目なし、`E0002` 文字・値の誤り、`E0003` 長さの誤り、`E0004` 整合の誤り。
        *Reports of rows also use the codes of the standard: E0001 missing, E0002 wrong characters, E0003 wrong length, E0004 correlation.*

        このページは `java itests/src/test/java/org/kiban/itests/MessageReference.java` で作り直します。
        """);
    String area = "";
    for (Message message : messages.values()) {
      if (!message.area().equals(area)) {
        area = message.area();
        page.append("\n## KBN-%s (%s)\n\n".formatted(area, message.origin()))
            .append("| コード | 内容 / what happened | 対処 / what to do |\n|---|---|---|\n");
      }
      page.append(
          "| `%s` | %s<br>*%s* | %s<br>*%s* |\n"
              .formatted(
                  message.code(),
                  cell(message.ja()),
                  cell(message.en()),
                  cell(message.jaAction()),
                  cell(message.enAction())));
    }
    return page.toString();
  }

  private static String cell(String pattern) {
    return pattern
        .replaceAll("'(?!')([^']*)'", "$1")
        .replace("''", "'")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replace("|", "\\|")
        .replace("\n", " ");
  }

  /** Regular files below a folder, or the folders in one, in a fixed order. */
  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    boolean bundles = folder.getFileName().toString().equals("bundles");
    try (Stream<Path> files = Files.walk(folder, bundles ? 1 : Integer.MAX_VALUE)) {
      return files
          .filter(f -> bundles ? Files.isDirectory(f.resolve("src")) : Files.isRegularFile(f))
          .sorted()
          .toList();
    }
  }
}
