package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A node with the memory that it is shipped with saves more files than it could hold. */
@ExtendWith(SharedNode.class)
class ManyFilesIT {

  private static final String CODE = "131059";
  private static final int FILES = Integer.getInteger("kiban.backup.files", 2_000);
  private static final int IN_EACH = 1_000;

  @TempDir private Path folder;

  @Test
  void manyFilesAreSavedTwiceVerifiedAndRestored(NodeProcess node) throws IOException {
    // given
    Path source = Files.createDirectory(folder.resolve("業務"));
    for (int i = 0; i < FILES; i++) {
      Path below = source.resolve("d" + i / IN_EACH);
      if (i % IN_EACH == 0) {
        Files.createDirectory(below);
      }
      Files.writeString(below.resolve("住民" + i + ".csv"), i + ",倉敷\r\n");
    }
    BackedUp.give(
        node,
        CODE,
        "{\"location\": \"%s\", \"sources\": [\"%s\"]}"
            .formatted(folder.resolve("repository"), source));
    long pid = node.process().orElseThrow().pid();

    // when
    node.exec("backup:create " + CODE).expect(0);
    String first = node.exec("backup:run " + CODE + " --json").expect(0).out();
    Files.writeString(source.resolve("d0/one more"), "x");
    String second = node.exec("backup:run " + CODE + " --json").expect(0).out();
    node.exec("backup:verify " + CODE + " --read-data").expect(0);
    Path target = folder.resolve("restored");
    node.exec("backup:restore " + CODE + " latest " + target).expect(0);

    // then
    assertThat(first).contains("\"files\" : " + FILES, "\"unchanged\" : 0");
    assertThat(second).contains("\"files\" : " + (FILES + 1), "\"unchanged\" : " + FILES);
    Path last = Path.of("d" + (FILES - 1) / IN_EACH, "住民" + (FILES - 1) + ".csv");
    assertThat(target.resolve(Path.of("/").relativize(source)).resolve(last))
        .hasSameBinaryContentAs(source.resolve(last));
    assertThat(node.process().orElseThrow().pid()).as("the same process").isEqualTo(pid);
    BackedUp.withdraw(node, CODE);
  }
}
