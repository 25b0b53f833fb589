package org.kiban.node.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.node.FakeFeatures;
import org.kiban.node.FixedPaths;
import org.kiban.node.PlainFiles;
import org.kiban.node.config.Registry;

class MunicipalityEditorTest {

  private static final String FILE = "org.kiban.municipality~332020.cfg.json";
  private static final String COMMENTED =
      """
      {
        "//code": "注釈 } ] , \\" はそのまま",
        "code": "332020", "name": "倉敷市",

        "site": "chosha",
        "environment": "production",
        "capabilities": [
          "exchange",
          "number"
        ]
      }
      """;

  @TempDir private Path directory;
  private final PlainFiles files = new PlainFiles();
  private Path file;
  private Registry registry;
  private MunicipalityEditor editor;

  @BeforeEach
  void node() throws IOException {
    Path etc = Files.createDirectories(directory.resolve("etc"));
    file = etc.resolve(FILE);
    registry =
        new Registry(new FixedPaths(directory, etc), files, new FakeFeatures("kiban-exchange"));
    editor = new MunicipalityEditor(new FixedPaths(directory, etc), files, registry);
  }

  @Test
  void adds_a_capability_laid_out_like_the_others() throws IOException {
    Files.writeString(file, COMMENTED);

    editor.apply(editor.enable("332020", "backup"));

    assertThat(file).hasContent(COMMENTED.replace("\"number\"\n", "\"number\",\n    \"backup\"\n"));
    assertThat(registry.scan().capabilities()).containsExactly("backup", "exchange", "number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exchange", "number"})
  void takes_a_capability_out_and_puts_it_back(String capability) throws IOException {
    Files.writeString(file, COMMENTED);

    editor.apply(editor.disable("332020", capability));
    assertThat(registry.scan().capabilities()).hasSize(1).doesNotContain(capability);
    editor.apply(editor.enable("332020", capability));

    assertThat(registry.scan().capabilities()).containsExactly("exchange", "number");
    assertThat(Files.readString(file))
        .startsWith(COMMENTED.substring(0, COMMENTED.indexOf("exchange") - 1));
  }

  @Test
  void switches_a_whole_municipality_off_and_on() throws IOException {
    Files.writeString(file, COMMENTED);

    editor.apply(editor.disable("332020", null));
    assertThat(file)
        .hasContent(COMMENTED.replace("\"332020\",", "\"332020\",\n  \"enabled\": false,"));
    registry.scan();
    assertThat(registry.all()).isEmpty();

    editor.apply(editor.enable("332020", null));
    registry.scan();
    assertThat(registry.all()).hasSize(1);
  }

  @Test
  void works_on_one_line_and_on_empty_lists() throws IOException {
    Files.writeString(
        file,
        "{\"code\":\"332020\",\"name\":\"a\",\"site\":\"dr\",\"environment\":\"production\","
            + "\"capabilities\":[ ]}");

    editor.apply(editor.enable("332020", "exchange"));
    editor.apply(editor.enable("332020", "backup"));
    assertThat(Files.readString(file)).contains("\"capabilities\":[\"exchange\", \"backup\"]}");
    editor.apply(editor.disable("332020", null));
    assertThat(Files.readString(file)).contains("\"code\":\"332020\", \"enabled\": false,");
    editor.apply(editor.disable("332020", "backup"));
    editor.apply(editor.disable("332020", "exchange"));
    assertThat(Files.readString(file)).endsWith("\"capabilities\":[]}");
  }

  @Test
  void changes_nothing_that_is_already_so() throws IOException {
    Files.writeString(file, COMMENTED);

    assertThat(editor.enable("332020", null).isEmpty()).isTrue();
    assertThat(editor.enable("332020", "exchange").isEmpty()).isTrue();
    assertThat(editor.disable("332020", "backup").isEmpty()).isTrue();
  }

  @Test
  void begins_with_the_sample_and_offers_its_code() throws IOException {
    Files.createDirectories(directory.resolve("etc/samples"));
    Files.writeString(directory.resolve("etc/samples").resolve(FILE), COMMENTED);
    assertThat(editor.codes()).containsExactly("332020");

    editor.apply(editor.enable("332020", null));

    assertThat(file).hasContent(COMMENTED);
  }

  @Test
  void keeps_a_link_into_a_folder_under_version_control() throws IOException {
    Path real = Files.writeString(directory.resolve("versioned.json"), COMMENTED);
    Files.createSymbolicLink(file, real);

    editor.apply(editor.disable("332020", "number"));

    assertThat(file).isSymbolicLink();
    assertThat(Files.readString(real)).doesNotContain("number");
  }

  @Test
  void refuses_what_makes_no_sense() throws IOException {
    assertThatThrownBy(() -> editor.enable("332021", null)).hasMessageStartingWith("KBN-NODE-030");
    assertThatThrownBy(() -> editor.enable("../etc", null)).hasMessageStartingWith("KBN-NODE-030");
    assertThatThrownBy(() -> editor.enable("332020", null)).hasMessageStartingWith("KBN-NODE-032");
    assertThatThrownBy(() -> editor.disable("332020", null)).hasMessageStartingWith("KBN-NODE-031");
    Files.writeString(file, COMMENTED);
    assertThatThrownBy(() -> editor.enable("332020", "exchagne"))
        .hasMessageStartingWith("KBN-NODE-033")
        .hasMessageContaining("exchange?")
        .extracting(e -> ((KibanException) e).outcome())
        .isEqualTo(Outcome.USAGE);
    Files.writeString(file, "{ broken");
    assertThatThrownBy(() -> editor.enable("332020", null)).hasMessageStartingWith("KBN-NODE-001");
  }

  @Test
  void a_full_disk_changes_nothing() throws IOException {
    Files.writeString(file, COMMENTED);
    Change change = editor.disable("332020", null);
    files.full = true;

    assertThatThrownBy(() -> editor.apply(change)).hasMessageStartingWith("KBN-NODE-036");

    assertThat(file).hasContent(COMMENTED);
  }
}
