package org.kiban.backup.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the C library says of files. */
class PosixTest {

  @TempDir private Path directory;

  @Test
  void names_of_extended_attributes_may_be_longer_than_is_usual() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    for (int i = 0; i < 15; i++) {
      Posix.set(file, new Node.Attribute("user." + "n".repeat(90) + i, new byte[] {(byte) i}));
    }
    Posix.set(file, new Node.Attribute("user.empty", new byte[0]));

    assertThat(Posix.attributes(file)).hasSize(16);
    assertThat(Posix.attributes(file))
        .filteredOn(a -> a.name().endsWith("n14"))
        .singleElement()
        .satisfies(a -> assertThat(a.value()).containsExactly(14));
  }
}
