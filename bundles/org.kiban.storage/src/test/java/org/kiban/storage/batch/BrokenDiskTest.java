package org.kiban.storage.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.storage.FileBatch;
import org.kiban.storage.DurableFilesComponent;

/**
 * A disk that takes writes and fails when they are to reach it: a file system on an image that
 * pretends to be larger than the memory it lies in.
 */
class BrokenDiskTest {

  private static final int FILES = 64;

  @TempDir Path root;

  private Path memory;
  private Path disk;

  @BeforeEach
  void givenADiskThatEndsBeforeItSays() throws Exception {
    memory = Files.createDirectory(root.resolve("memory"));
    disk = Files.createDirectory(root.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=8m", "kiban-test", memory.toString()),
        "mounting a file system is not permitted here");
    Path image = memory.resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(256 << 20);
    }
    assumeTrue(
        run("mkfs.ext4", "-q", "-O", "^has_journal", "-E", "lazy_itable_init=1", image.toString())
            && run("mount", "-o", "loop,errors=continue", image.toString(), disk.toString()),
        "a file system cannot be made of a file here");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
    run("umount", memory.toString());
  }

  @Test
  void whatNeverReachedTheDiskIsNotMoved() throws Exception {
    try (FileBatch batch = new FileBatchesComponent(new DurableFilesComponent()).open(disk)) {
      for (int i = 0; i < FILES; i++) {
        batch.write(disk.resolve("w" + i), new ByteArrayInputStream(new byte[1 << 18]));
      }
      assertThatThrownBy(batch::sync).isInstanceOf(IOException.class);
      assertThat(batch.isDurable(disk.resolve("w0"))).isFalse();
      assertThatThrownBy(() -> batch.move(disk.resolve("w0"), disk.resolve("a")))
          .hasMessageContaining("not on disk");
    }
    assertThat(disk.resolve("a")).doesNotExist();
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
