package org.kiban.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurableFilesTest {

  @TempDir Path directory;

  private final DurableFilesComponent files = new DurableFilesComponent();

  @Test
  void whenWrittenThenTheContentIsReplacedAndOnlyTheOwnerReadsIt() throws Exception {
    Path target = directory.resolve("状態 ファイル");
    Files.writeString(target, "old");
    files.write(target, out -> out.write("new".getBytes()));
    assertThat(target).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
    assertThat(names()).containsExactly("状態 ファイル");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 1 << 20, (1 << 20) + 1, (3 << 20) - 4096, 5_000_001})
  void givenBytesInMemoryWhenWrittenThenTheFileHasThoseAndNoMore(int length) throws Exception {
    // given
    byte[] content = new byte[length + 10];
    new Random(length).nextBytes(content);
    Path target = Files.writeString(directory.resolve("pack"), "old");

    // when
    files.write(target, content, length);

    // then
    assertThat(Files.readAllBytes(target)).isEqualTo(Arrays.copyOf(content, length));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");
    assertThat(names()).containsExactly("pack");
  }

  @Test
  void givenAnInterruptedThreadWhenALargeFileIsWrittenThenItIsWholeAndTheFlagStays()
      throws Exception {
    // given
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);

    // when
    Thread.currentThread().interrupt();
    files.write(directory.resolve("pack"), content, content.length);

    // then
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Files.readAllBytes(directory.resolve("pack"))).isEqualTo(content);
  }

  @Test
  void givenAFileSystemThatKnowsNoDirectWayWhenALargeFileIsWrittenThenItIsWhole() throws Exception {
    // given
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory), "no file system in memory here");
    Path elsewhere = Files.createTempDirectory(memory, "kiban");
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);

    // when
    Path file = elsewhere.resolve("pack");
    try {
      files.write(file, content, content.length);

      // then
      assertThat(Files.readAllBytes(file)).isEqualTo(content);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(elsewhere);
    }
  }

  @Test
  void givenContentThatFailsWhenWrittenThenTheOldFileStaysAndNoTemporaryIsLeft() throws Exception {
    Path target = directory.resolve("state");
    Files.writeString(target, "old");
    assertThatThrownBy(
            () ->
                files.write(
                    target,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("source ended");
                    }))
        .hasMessage("source ended");
    assertThatThrownBy(
            () ->
                files.write(
                    target,
                    out -> {
                      throw new IllegalStateException("bug");
                    }))
        .hasMessage("bug");
    assertThat(target).hasContent("old");
    assertThat(names()).containsExactly("state");
  }

  @Test
  void givenNoDirectoryWhenWrittenThenRefused() {
    assertThatThrownBy(() -> files.write(directory.resolve("no/state"), out -> {}))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void givenAnInterruptedThreadWhenUsedThenItIsDoneAndTheFlagStays() throws Exception {
    Thread.currentThread().interrupt();
    files.write(directory.resolve("a"), out -> out.write(1));
    files.move(directory.resolve("a"), directory.resolve("b"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(names()).containsExactly("b");
  }

  @Test
  void whenMovedThenAnExistingTargetIsReplaced() throws Exception {
    Path source = Files.writeString(directory.resolve("a"), "new");
    Path target = Files.writeString(Files.createDirectory(directory.resolve("d")).resolve("b"), "");
    files.move(source, target);
    assertThat(source).doesNotExist();
    assertThat(target).hasContent("new");
    assertThatThrownBy(() -> files.move(source, target)).isInstanceOf(NoSuchFileException.class);
    assertThat(target).hasContent("new");
  }

  @Test
  void whenDeletedThenItIsGoneAndAMissingOneIsNoError() throws Exception {
    Path file = Files.writeString(directory.resolve("a"), "");
    files.delete(file);
    files.delete(file);
    assertThat(file).doesNotExist();
    Path full = Files.createDirectory(directory.resolve("d"));
    Files.writeString(full.resolve("x"), "");
    assertThatThrownBy(() -> files.delete(full)).isInstanceOf(IOException.class);
  }

  @Test
  void givenTwoWritersWhenTheyRaceThenOneOfTheContentsIsWhole() throws Exception {
    Path target = directory.resolve("state");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<Void> a = () -> fill(target, 'a');
      Callable<Void> b = () -> fill(target, 'b');
      for (Future<Void> done : threads.invokeAll(List.of(a, b, a, b))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    String text = Files.readString(target);
    assertThat(text).hasSize(100_000).containsPattern("^(a+|b+)$");
    assertThat(names()).containsExactly("state");
  }

  @Test
  void givenAWriterKilledAnywhereWhenReadThenTheFileIsWhole() throws Exception {
    long seed = Long.getLong("kiban.seed", System.nanoTime());
    Random random = new Random(seed);
    Path target = directory.resolve("state");
    for (int round = 0; round < Integer.getInteger("kiban.kills", 5); round++) {
      Process writer =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  Writer.class.getName(),
                  target.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      int until = 1 + random.nextInt(50);
      try (java.io.InputStream told = writer.getInputStream()) {
        for (int i = 0; i < until; i++) {
          assertThat(told.read()).as("the writer died by itself").isNotNegative();
        }
      } finally {
        writer.destroyForcibly().waitFor();
      }
      byte[] bytes = Files.readAllBytes(target);
      assertThat(bytes).as("seed %d", seed).hasSize(200_000).containsOnly(bytes[0]);
    }
  }

  private Void fill(Path target, char with) throws IOException {
    for (int i = 0; i < 10; i++) {
      files.write(target, out -> out.write(String.valueOf(with).repeat(100_000).getBytes()));
    }
    return null;
  }

  private List<String> names() {
    try (Stream<Path> list = Files.list(directory)) {
      return list.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one file again and again until it is killed, and says so each time. */
  static final class Writer {

    private Writer() {}

    /**
     * @param args the file
     */
    public static void main(String[] args) throws IOException {
      DurableFilesComponent files = new DurableFilesComponent();
      byte[] bytes = new byte[200_000];
      for (byte round = 0; ; round++) {
        java.util.Arrays.fill(bytes, round);
        files.write(Path.of(args[0]), out -> out.write(bytes));
        System.out.write('.');
        System.out.flush();
      }
    }
  }
}
