package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what the documents name to what there is: links, commands, options, files. */
class DocumentsTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir"), "..").normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)?(#[^)]*)?\\)");
  private static final Pattern COMMAND =
      Pattern.compile("\\b([a-z]+:[a-z]+(?:-[a-z]+)*)((?: +[^\\s`']+)*)");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");
  private static final Pattern DECLARED =
      Pattern.compile("@Command\\(\\s*scope = \"([a-z]+)\",\\s*name = \"([a-z-]+)\"");
  private static final Pattern DECLARED_OPTION = Pattern.compile("name = \"(--[a-z-]+)\"");

  static Stream<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
          Stream.of(ROOT.resolve("README.md"), ROOT.resolve("README.ja.md")),
          docs.filter(f -> f.toString().endsWith(".md")).sorted().toList().stream());
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsToAFile(Path document) throws IOException {
    List<String> dead =
        LINK.matcher(Files.readString(document))
            .results()
            .map(m -> m.group(1))
            .filter(link -> link != null && !Files.exists(document.resolveSibling(link)))
            .toList();

    assertThat(dead).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyCommandAndItsOptionsExist(Path document) throws IOException {
    Set<String> commands = new TreeSet<>();
    Set<String> options = new TreeSet<>(Set.of("--help", "--version"));
    Set<String> scopes = new TreeSet<>();
    for (String source : commandSources()) {
      DECLARED
          .matcher(source)
          .results()
          .forEach(
              m -> {
                commands.add(m.group(1) + ":" + m.group(2));
                scopes.add(m.group(1));
              });
      DECLARED_OPTION.matcher(source).results().forEach(m -> options.add(m.group(1)));
    }
    List<MatchResult> ours =
        COMMAND
            .matcher(Files.readString(document))
            .results()
            .filter(m -> scopes.contains(m.group(1).split(":")[0]))
            .toList();

    assertThat(scopes).contains("exchange", "municipality", "partner", "messaging");
    assertThat(ours).extracting(m -> m.group(1)).allSatisfy(c -> assertThat(commands).contains(c));
    assertThat(ours)
        .flatExtracting(m -> OPTION.matcher(m.group(2)).results().map(MatchResult::group).toList())
        .allSatisfy(option -> assertThat(options).contains(option));
  }

  private static List<String> commandSources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("bundles"))) {
      return files
          .filter(f -> f.toString().endsWith("Command.java") && f.toString().contains("src/main"))
          .map(DocumentsTest::read)
          .toList();
    }
  }

  @Test
  void theReadmeIsShortAndSaysTheSameInBothLanguages() throws IOException {
    Path english = ROOT.resolve("README.md");
    Path japanese = ROOT.resolve("README.ja.md");

    assertThat(Files.readAllLines(english)).hasSizeLessThanOrEqualTo(120);
    assertThat(Files.readAllLines(japanese)).hasSizeLessThanOrEqualTo(120);
    assertThat(typed(japanese)).isEqualTo(typed(english)).isNotEmpty();
    assertThat(links(japanese)).isEqualTo(links(english)).isNotEmpty();
  }

  /** What a reader is told to type. */
  private static List<String> typed(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .filter(l -> l.startsWith("$ ") || l.startsWith("mvn "))
        .map(l -> l.replaceFirst("\\s+#.*", ""))
        .toList();
  }

  private static Set<String> links(Path document) throws IOException {
    return LINK.matcher(Files.readString(document))
        .results()
        .map(m -> m.group(1))
        .filter(l -> l != null && !l.startsWith("README"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theReadmesCommandsOfMavenExist() throws IOException {
    Set<String> profiles =
        Pattern.compile("mvn [^\\n`]*-P([a-z]+)")
            .matcher(Files.readString(ROOT.resolve("README.md")))
            .results()
            .map(m -> m.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(profiles).contains("demo");
    assertThat(Files.readString(ROOT.resolve("pom.xml")))
        .contains(profiles.stream().map(p -> "<id>" + p + "</id>").toList());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
