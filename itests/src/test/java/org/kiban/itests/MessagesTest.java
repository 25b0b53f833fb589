package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@code docs/reference/messages.md} to the sources, and the sources to the house rules. */
class MessagesTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir"), "..");

  @TempDir private Path sources;

  private Path texts;

  @BeforeEach
  void givenABundleWithOneRightMessage() throws IOException {
    texts = sources.resolve("bundles/org.kiban.tea/src/main/resources/org/kiban/tea");
    Files.createDirectories(texts);
    Files.createDirectories(sources.resolve("assembly/src/main/distribution/bin"));
    script("refuse 1 KBN-LAUNCH-001 \"冷\" \"cold\" \"温\" \"warm it\"\n");
    says("org.kiban.tea", "KBN-TEA-001");
    write("messages.properties", "KBN-TEA-001 = no tea", "KBN-TEA-001.action = buy ''some''");
    write("messages_ja.properties", "KBN-TEA-001 = 茶なし", "KBN-TEA-001.action = 買う");
  }

  @Test
  void thePageIsWhatTheSourcesSay() throws IOException {
    MessageReference reference = new MessageReference(ROOT);

    assertThat(reference.problems()).isEmpty();
    assertThat(reference.codes()).hasSizeGreaterThan(100);
    assertThat(Files.readString(MessageReference.page(ROOT)))
        .as("write it anew: java itests/src/test/java/org/kiban/itests/MessageReference.java")
        .isEqualTo(reference.render());
  }

  @Test
  void rightMessagesAreShownAsOperatorsSeeThem() {
    MessageReference reference = new MessageReference(sources);

    assertThat(reference.problems()).isEmpty();
    assertThat(reference.render())
        .contains("| `KBN-TEA-001` | 茶なし<br>*no tea* | 買う<br>*buy 'some'* |")
        .contains("| `KBN-LAUNCH-001` | 冷<br>*cold* | 温<br>*warm it* |");
  }

  @Test
  void aMissingTextOrActionIsFound() throws IOException {
    write("messages.properties", "KBN-TEA-001.action = buy some");
    write("messages_ja.properties", "KBN-TEA-001 = 茶なし");

    assertThat(new MessageReference(sources).problems())
        .containsExactly(
            "KBN-TEA-001 (org.kiban.tea) has no English text",
            "KBN-TEA-001 (org.kiban.tea) has no Japanese action");
  }

  @Test
  void aCodeWithoutTextAndATextWithoutCodeAreFound() throws IOException {
    says("org.kiban.tea", "KBN-TEA-002");

    assertThat(new MessageReference(sources).problems())
        .containsExactly(
            "KBN-TEA-002 (org.kiban.tea) has no text",
            "KBN-TEA-001 (org.kiban.tea) is said by nobody");
  }

  @Test
  void aCodeWithTwoMeaningsIsFound() throws IOException {
    Path other = sources.resolve("bundles/org.kiban.water/src/main/resources");
    Files.createDirectories(other);
    for (String file : List.of("messages.properties", "messages_ja.properties")) {
      Files.copy(texts.resolve(file), other.resolve(file));
    }
    says("org.kiban.water", "KBN-TEA-001");

    assertThat(new MessageReference(sources).problems())
        .containsExactly("KBN-TEA-001 means two things: in org.kiban.tea and in org.kiban.water");
  }

  @Test
  void twoMeaningsOfOneCodeInOneBundleAreFound() throws IOException {
    says("org.kiban.tea", "KBN-TEA-001\"), OTHER(\"KBN-TEA-001");
    write(
        "messages.properties",
        "KBN-TEA-001 = no tea",
        "KBN-TEA-001.action = buy some",
        "KBN-TEA-001=no cup");

    assertThat(new MessageReference(sources).problems())
        .containsExactlyInAnyOrder(
            "KBN-TEA-001 (org.kiban.tea) stands twice in the code",
            "messages.properties says KBN-TEA-001 twice");
  }

  @Test
  void aWrongPatternAndUnequalArgumentsAreFound() throws IOException {
    write("messages.properties", "KBN-TEA-001 = no {0}", "KBN-TEA-001.action = buy {");

    assertThat(new MessageReference(sources).problems())
        .hasSize(2)
        .anyMatch(p -> p.startsWith("KBN-TEA-001 names fewer arguments"))
        .anyMatch(p -> p.startsWith("KBN-TEA-001: its English action is no pattern"));
  }

  @Test
  void aRefusalOfTheScriptWithoutActionIsFound() throws IOException {
    script("refuse 1 KBN-LAUNCH-002 \"冷\" \"cold\"\n");

    assertThat(new MessageReference(sources).problems())
        .containsExactly("KBN-LAUNCH-002 (bin/kiban) lacks a text or an action");
  }

  private void says(String bundle, String code) throws IOException {
    Path java = sources.resolve("bundles/" + bundle + "/src/main/java/Codes.java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "enum Codes { ONLY(\"" + code + "\"); }");
  }

  private void write(String file, String... lines) throws IOException {
    Files.write(texts.resolve(file), List.of(lines));
  }

  private void script(String text) throws IOException {
    Files.writeString(sources.resolve("assembly/src/main/distribution/bin/kiban"), text);
  }
}
