package org.kiban.route.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.MunicipalityCode;
import org.kiban.route.RouteFile;
import org.kiban.storage.DurableFilesComponent;

class RouteFolderTest {

  @TempDir private Path root;
  private Path etc;
  private RouteFolder folder;

  @BeforeEach
  void folder() throws IOException {
    etc = Files.createDirectories(root.resolve("etc"));
    folder = new RouteFolder(new MunicipalityCode("332020"), etc, new DurableFilesComponent());
  }

  @Test
  void a_file_counts_once_two_scans_found_the_same() throws IOException {
    write("a.camel.yaml", "1");
    assertThat(folder.scan().unsettled()).containsExactly("a");
    write("a.camel.yaml", "12");
    assertThat(folder.scan().files()).isEmpty();
    assertThat(folder.scan().files()).containsOnlyKeys("a");

    write("a.camel.yaml", "123");
    assertThat(content("a")).isEqualTo("12");
    assertThat(folder.scan().files().get("a").content()).asString().isEqualTo("123");
  }

  @Test
  void a_file_is_gone_once_two_scans_missed_it() throws IOException {
    write("a.camel.yaml", "1");
    folder.scan();
    folder.scan();
    Files.delete(etc.resolve("a.camel.yaml"));

    assertThat(folder.scan().gone("a")).isFalse();
    assertThat(folder.scan().gone("a")).isTrue();
  }

  @Test
  void an_editor_that_writes_anew_is_no_deletion() throws IOException {
    write("a.camel.yaml", "1");
    folder.scan();
    folder.scan();
    Files.delete(etc.resolve("a.camel.yaml"));
    assertThat(folder.scan().gone("a")).isFalse();
    write("a.camel.yaml", "2");
    assertThat(folder.scan().gone("a")).isFalse();
    assertThat(folder.scan().files().get("a").content()).asString().isEqualTo("2");
  }

  @Test
  void what_the_node_puts_down_counts_at_once_and_replaces_the_other_format() throws IOException {
    write("a.camel.xml", "<routes/>");
    folder.scan();
    folder.scan();

    folder.put(folder.file("a.camel.yaml", "1".getBytes(StandardCharsets.UTF_8)));

    assertThat(folder.last().files().get("a").format()).isEqualTo(RouteFile.Format.YAML);
    assertThat(folder.scan().files().get("a").format()).isEqualTo(RouteFile.Format.YAML);
    assertThat(etc.resolve("a.camel.xml")).doesNotExist();
    folder.delete("a");
    assertThat(folder.last().gone("a")).isTrue();
    assertThat(folder.scan().gone("a")).isTrue();
    assertThat(etc).isEmptyDirectory();
  }

  @Test
  void a_name_in_both_formats_is_wrong() throws IOException {
    write("a.camel.yaml", "1");
    write("a.camel.xml", "1");
    folder.scan();

    assertThat(folder.scan().wrong()).containsOnlyKeys("a");
    assertThat(folder.last().files()).isEmpty();
    assertThat(folder.last().gone("a")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a.camel.yaml", "日本.camel.yaml", "a b.camel.xml", "a.b.camel.yaml"})
  void a_name_that_is_none_is_wrong(String name) throws IOException {
    write(name, "1");

    assertThat(folder.scan().wrong()).containsOnlyKeys(name);
    assertThat(folder.scan().wrong().get(name)).hasMessageContaining("KBN-ROUTE-007");
  }

  @Test
  void a_file_that_is_too_large_is_not_read() throws IOException {
    Files.write(etc.resolve("a.camel.yaml"), new byte[(1 << 20) + 1]);

    assertThat(folder.scan().wrong().get("a")).hasMessageContaining("KBN-ROUTE-009");
  }

  @Test
  void other_and_hidden_files_do_not_count() throws IOException {
    write(".a.camel.yaml", "1");
    write("a.camel.yaml.tmp", "1");
    write("notes.txt", "1");
    folder.scan();

    assertThat(folder.scan())
        .isEqualTo(new Scan(java.util.Map.of(), java.util.Map.of(), java.util.Set.of()));
  }

  @Test
  void a_folder_that_is_missing_is_not_an_empty_one() throws IOException {
    write("a.camel.yaml", "1");
    folder.scan();
    folder.scan();
    Files.move(etc, root.resolve("away"));

    assertThatThrownBy(folder::scan).isInstanceOf(NoSuchFileException.class);
    assertThat(folder.last().files()).containsOnlyKeys("a");
  }

  private String content(String name) throws IOException {
    return new String(folder.scan().files().get(name).content(), StandardCharsets.UTF_8);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(etc.resolve(name), text);
  }
}
