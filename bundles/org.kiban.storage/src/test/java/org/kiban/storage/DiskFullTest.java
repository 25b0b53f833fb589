package org.kiban.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.storage.Journal;
import org.kiban.storage.journal.JournalsComponent;

/** A real full disk: a file system of one megabyte. */
class DiskFullTest {

  @TempDir Path disk;

  private final DurableFilesComponent files = new DurableFilesComponent();

  @BeforeEach
  void givenASmallDisk() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "kiban-test", disk.toString()),
        "mounting a file system is not permitted here");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  @Test
  void whenAFileDoesNotFitThenTheOldOneStaysAndNoTemporaryIsLeft() throws Exception {
    Path target = disk.resolve("state");
    files.write(target, out -> out.write(1));
    assertThatThrownBy(() -> files.write(target, out -> out.write(new byte[2 << 20])))
        .isInstanceOf(IOException.class);
    assertThat(Files.readAllBytes(target)).containsExactly(1);
    try (Stream<Path> left = Files.list(disk)) {
      assertThat(left).containsExactly(target);
    }
    files.write(target, out -> out.write(2));
    assertThat(Files.readAllBytes(target)).containsExactly(2);
  }

  @Test
  void whenAnAppendDoesNotFitThenNothingIsCountedAndALaterOneWorks() throws Exception {
    JournalsComponent journals = new JournalsComponent(files);
    SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
    Path ballast = disk.resolve("ballast");
    Files.write(ballast, new byte[512 << 10]);
    Path directory = disk.resolve("journal");
    long last;
    try (Journal journal = journals.open(directory, key)) {
      last = journal.append(List.of(new byte[200 << 10]));
      byte[] head = journal.head();
      List<byte[]> big = List.of(new byte[100], new byte[400 << 10]);
      assertThatThrownBy(() -> journal.append(big))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left");
      assertThat(journal.last()).isEqualTo(last);
      assertThat(journal.head()).isEqualTo(head);
      assertThat(journal.append(List.of(new byte[100]))).isEqualTo(++last);
      Files.delete(ballast);
      last = journal.append(big);
      assertThat(last).isEqualTo(4);
      assertThat(journal.verify()).isEmpty();
    }
    try (Journal journal = journals.open(directory, key)) {
      assertThat(journal.last()).isEqualTo(last);
      assertThat(journal.verify()).isEmpty();
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
