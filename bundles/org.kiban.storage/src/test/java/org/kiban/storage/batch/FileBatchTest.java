package org.kiban.storage.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.storage.FileBatch;
import org.kiban.storage.DurableFilesComponent;

class FileBatchTest {

  private static final int MANY = 50;

  /** A file system that counts its syncs and fails when it is told to. */
  private static final class FakeDisk implements Disks, Disks.Disk {
    private int syncs;
    private boolean fails;
    private boolean closed;

    @Override
    public Disk open(Path directory) {
      return this;
    }

    @Override
    public void sync() throws IOException {
      syncs++;
      if (fails) {
        throw new IOException("[5] Input/output error");
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @TempDir Path directory;

  private final FakeDisk disk = new FakeDisk();

  private FileBatch batch(Disks disks) throws IOException {
    return new FileBatchesComponent(new DurableFilesComponent(), disks).open(directory);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsWrittenAndSyncedIsMovedWhole(boolean whole) throws Exception {
    Disks disks = whole ? new LinuxDisks() : where -> null;
    byte[] content = "状態".repeat(100_000).getBytes();
    try (FileBatch batch = batch(disks)) {
      for (int i = 0; i < MANY; i++) {
        batch.write(directory.resolve("w" + i), new ByteArrayInputStream(content));
      }
      batch.write(directory.resolve("empty"), InputStream.nullInputStream());
      batch.write(directory.resolve("w0"), new ByteArrayInputStream("short".getBytes()));
      batch.sync();
      for (int i = 0; i < MANY; i++) {
        batch.move(directory.resolve("w" + i), directory.resolve("状態" + i));
      }
      batch.sync();
    }
    assertThat(directory.resolve("状態0")).hasContent("short");
    assertThat(directory.resolve("状態49")).hasBinaryContent(content);
    assertThat(directory.resolve("w49")).doesNotExist();
    assertThat(directory.resolve("empty")).isEmptyFile();
  }

  @Test
  void whatIsNotSyncedIsNotMoved() throws Exception {
    try (FileBatch batch = batch(disk)) {
      Path file = directory.resolve("a");
      assertThat(batch.isDurable(file)).isTrue();
      batch.write(file, new ByteArrayInputStream(new byte[1]));
      assertThat(batch.isDurable(file)).isFalse();
      assertThatThrownBy(() -> batch.move(file, directory.resolve("b")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a: not on disk");
      batch.sync();
      batch.move(file, directory.resolve("b"));
    }
    assertThat(disk.syncs).as("few files are synced one by one").isZero();
    assertThat(disk.closed).isTrue();
  }

  @Test
  void givenAnErrorOfTheDiskThenWhatWasWrittenIsLostUntilItIsWrittenAgain() throws Exception {
    try (FileBatch batch = batch(disk)) {
      Path good = directory.resolve("good");
      batch.write(good, new ByteArrayInputStream(new byte[1]));
      batch.sync();
      for (int i = 0; i < MANY; i++) {
        batch.write(directory.resolve("w" + i), new ByteArrayInputStream(new byte[10]));
      }
      disk.fails = true;
      assertThatThrownBy(batch::sync).hasMessageContaining("Input/output error");
      disk.fails = false;
      batch.sync();
      Path lost = directory.resolve("w7");
      assertThatThrownBy(() -> batch.move(lost, good)).hasMessageContaining("not on disk");
      batch.move(good, directory.resolve("b"));
      batch.write(lost, new ByteArrayInputStream(new byte[10]));
      batch.sync();
      batch.move(lost, good);
      assertThat(disk.syncs).isEqualTo(1);
    }
  }

  @Test
  void givenAnErrorOfTheDiskWhileAnotherFileIsWrittenThenThatOneIsLostToo() throws Exception {
    try (FileBatch batch = batch(disk)) {
      for (int i = 0; i < MANY; i++) {
        batch.write(directory.resolve("w" + i), new ByteArrayInputStream(new byte[10]));
      }
      disk.fails = true;
      InputStream slow =
          new ByteArrayInputStream(new byte[10]) {
            @Override
            public long transferTo(OutputStream out) {
              assertThatThrownBy(batch::sync).isInstanceOf(IOException.class);
              return 0;
            }
          };
      Path file = directory.resolve("slow");
      assertThatThrownBy(() -> batch.write(file, slow)).hasMessageContaining("did not reach");
      assertThat(batch.isDurable(file)).isFalse();
    }
  }

  @Test
  void aSymbolicLinkInTheWayIsNotFollowed() throws Exception {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "untouched");
    Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);
    try (FileBatch batch = batch(disk)) {
      assertThatThrownBy(() -> batch.write(link, new ByteArrayInputStream(new byte[1])))
          .hasMessageContaining("symbolic link");
    }
    assertThat(elsewhere).hasContent("untouched");
  }

  @Test
  void givenAContentThatFailsThenTheFileIsNotMoved() throws Exception {
    try (FileBatch batch = batch(disk)) {
      Path file = directory.resolve("a");
      InputStream broken =
          new InputStream() {
            @Override
            public int read() throws IOException {
              throw new IOException("source ended");
            }
          };
      assertThatThrownBy(() -> batch.write(file, broken)).hasMessage("source ended");
      batch.sync();
      assertThatThrownBy(() -> batch.move(file, directory.resolve("b")))
          .hasMessageContaining("not on disk");
    }
  }

  @Test
  void onlyAKernelThatTellsWhatFailedIsTrusted() {
    assertThat(LinuxDisks.tells("Linux", "5.8.0-12-generic")).isTrue();
    assertThat(LinuxDisks.tells("Linux", "6.1.0")).isTrue();
    assertThat(LinuxDisks.tells("Linux", "10.0")).isTrue();
    assertThat(LinuxDisks.tells("Linux", "5.7.19")).isFalse();
    assertThat(LinuxDisks.tells("Linux", "4.18.0-553.el8")).isFalse();
    assertThat(LinuxDisks.tells("Linux", "?")).isFalse();
    assertThat(LinuxDisks.tells("Mac OS X", "14.1")).isFalse();
  }
}
