package org.kiban.logship.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.logship.parse.Packer.Tail;
import org.kiban.logship.parse.Profile;
import org.kiban.logship.ship.SourceId;
import org.kiban.storage.DurableFilesComponent;

class FileSourceTest {

  @TempDir private Path folder;

  private Path log;
  private Instant now = Instant.now().plusSeconds(3600);
  private FileSource source;

  /** What a receiver has, by identity, in the order of first sight; it outlives the source. */
  private final Map<SourceId, StringBuilder> received = new LinkedHashMap<>();

  private final Map<SourceId, Stream.Reader> readers = new HashMap<>();

  @BeforeEach
  void givenALog() throws IOException {
    log = Files.createDirectory(folder.resolve("logs")).resolve("app.log");
    restart();
  }

  private void restart() throws IOException {
    readers.values().forEach(Stream.Reader::close);
    readers.clear();
    if (source != null) {
      source.close();
    }
    source =
        new FileSource(
            "app",
            "node/332020",
            log.toString(),
            path -> !path.getFileName().toString().contains("secret"),
            Profile.PLAIN,
            Duration.ofSeconds(5),
            folder.resolve("catalog.json"),
            new DurableFilesComponent(),
            () -> now);
  }

  private void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    // Old enough to rest: the source's clock is an hour ahead.
  }

  /** Reads whatever there is, as a sender does. */
  private void read() throws IOException {
    for (int round = 0; round < 2; round++) {
      for (Stream stream : source.look()) {
        SourceId id = stream.origin().id();
        StringBuilder text = received.computeIfAbsent(id, i -> new StringBuilder());
        try {
          if (!readers.containsKey(id)) {
            readers.put(id, stream.open());
          }
          byte[] bytes = new byte[10_000];
          int n = readers.get(id).read(text.length(), bytes, bytes.length);
          text.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
          Stream.Reader broken = readers.remove(id);
          if (broken != null) {
            broken.close();
          }
        }
      }
    }
  }

  private static String lines(String tag, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append("line ").append(tag).append(' ').append(i).append(" of the log\n");
    }
    return text.toString();
  }

  private void gzip(Path file) throws IOException {
    Path packed = file.resolveSibling(file.getFileName() + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(Files.readAllBytes(file));
    }
    Files.delete(file);
  }

  private void copyTruncate(Path copy) throws IOException {
    Files.copy(log, copy, StandardCopyOption.REPLACE_EXISTING);
    Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
  }

  private Path rotated(String suffix) {
    return log.resolveSibling("app.log" + suffix);
  }

  private void thenEachWasReadOnce(String... contents) {
    assertThat(received.values().stream().map(StringBuilder::toString))
        .containsExactlyInAnyOrder(contents);
  }

  @Test
  void followsAFileThroughRenaming() throws IOException {
    write(log, lines("a", 0, 10));
    read();
    write(log, lines("a", 10, 20));
    Files.move(log, rotated(".1"));
    write(rotated(".1"), lines("a", 20, 30));
    write(log, lines("b", 0, 5));
    read();

    thenEachWasReadOnce(lines("a", 0, 30), lines("b", 0, 5));
  }

  @Test
  void findsOutWhatRotationDidWhileItWasDown() throws IOException {
    write(log, lines("a", 0, 100));
    read();
    write(log, lines("a", 100, 200));
    Files.move(log, rotated(".1"));
    write(log, lines("b", 0, 100));
    Files.move(rotated(".1"), rotated(".2"));
    Files.move(log, rotated(".1"));
    gzip(rotated(".2"));
    write(log, lines("c", 0, 100));
    restart();
    read();

    thenEachWasReadOnce(lines("a", 0, 200), lines("b", 0, 100), lines("c", 0, 100));
  }

  @Test
  void aCopyTakesOverFromItsEmptiedOriginal() throws IOException {
    write(log, lines("a", 0, 100));
    read();
    write(log, lines("a", 100, 150));
    copyTruncate(rotated(".1"));
    write(log, lines("b", 0, 10));
    read();
    write(log, lines("b", 10, 20));
    read();

    thenEachWasReadOnce(lines("a", 0, 150), lines("b", 0, 20));
  }

  @Test
  void aCopyTakesOverAlsoIfTheOriginalWasEmptiedWhileItWasDown() throws IOException {
    write(log, lines("a", 0, 100));
    read();
    write(log, lines("a", 100, 150));
    copyTruncate(rotated(".1"));
    gzip(rotated(".1"));
    write(log, lines("b", 0, 500));
    restart();
    read();

    thenEachWasReadOnce(lines("a", 0, 150), lines("b", 0, 500));
  }

  @Test
  void aCopyThatIsBeingMadeIsNotAnotherFile() throws IOException {
    write(log, lines("a", 0, 100));
    read();
    Files.copy(log, rotated(".1"));
    read();
    assertThat(received).hasSize(1);
    Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    read();
    write(log, lines("b", 0, 1));
    read();

    thenEachWasReadOnce(lines("a", 0, 100), lines("b", 0, 1));
  }

  @Test
  void noticesWhileReadingThatAFileWasEmptiedAndFilledFurther() throws IOException {
    write(log, lines("a", 0, 10));
    read();
    Stream stream = source.look().get(0);
    byte[] bytes = new byte[10_000];
    Stream.Reader reader = stream.open();
    Files.write(log, lines("b", 0, 50).getBytes(StandardCharsets.UTF_8));

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> reader.read(lines("a", 0, 10).length(), bytes, bytes.length))
        .isInstanceOf(FileStream.Changed.class);
    read();
    thenEachWasReadOnce(lines("a", 0, 10), lines("b", 0, 50));
  }

  @Test
  void aNewFileOnAnUsedInodeIsAnother() throws IOException {
    for (int i = 0; i < 5; i++) {
      write(log, lines("file " + i, 0, 20));
      read();
      Files.delete(log);
    }
    read();

    assertThat(received).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(received.values().stream().map(StringBuilder::toString))
          .contains(lines("file " + i, 0, 20));
    }
  }

  @Test
  void filesThatAreAlikeAreNotTheSame() throws IOException {
    Path other = log.resolveSibling("app.log-b.log");
    write(log, "header\nx 1\n");
    read();
    write(other, "header\ny 1\n");
    read();

    thenEachWasReadOnce("header\nx 1\n", "header\ny 1\n");
  }

  @Test
  void readsADeletedFileToItsEndAndSaysThatItIsGone() throws IOException {
    write(log, lines("a", 0, 10));
    read();
    write(log, lines("a", 10, 20));
    Files.delete(log);
    read();

    thenEachWasReadOnce(lines("a", 0, 20));
    assertThat(source.look()).singleElement().matches(Stream::isGone);
  }

  @Test
  void tellsWhetherMoreIsToBeExpected() throws IOException {
    write(log, "a\nb");
    assertThat(source.look().get(0).tail()).isEqualTo(Tail.QUIET);
    Files.setLastModifiedTime(log, FileTime.from(now));
    assertThat(source.look().get(0).tail()).isEqualTo(Tail.OPEN);
    Files.move(log, rotated(".1"));
    assertThat(source.look().get(0).tail()).isEqualTo(Tail.OPEN);
    now = now.plusSeconds(6);
    assertThat(source.look().get(0).tail()).isEqualTo(Tail.ENDED);
  }

  @Test
  void keepsItsIdentityThoughItsMemoryIsLost() throws IOException {
    write(log, lines("a", 0, 10));
    read();
    Files.delete(folder.resolve("catalog.json"));
    source = null;
    restart();
    write(log, lines("a", 10, 20));
    read();

    thenEachWasReadOnce(lines("a", 0, 20));
  }

  @Test
  void forgetsWhatIsLongGone() throws IOException {
    write(log, "a\n");
    read();
    Files.delete(log);
    assertThat(source.look()).hasSize(1);
    now = now.plus(Duration.ofDays(31));

    assertThat(source.look()).isEmpty();
  }
}
