package org.kiban.logship.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.kiban.logship.parse.Packer.Tail;

class FileSourceTest extends RotatedLog {

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

  @Test
  void aFileThatIsMetUnderTwoNamesIsOneFile() throws IOException {
    write(log, lines("a", 0, 100));
    read();
    // As a listing sees it while rotation renames.
    Files.createLink(rotated(".1"), log);
    read();
    Files.delete(log);
    read();

    thenEachWasReadOnce(lines("a", 0, 100));
  }

  @Test
  void whatIsBeingCompressedIsNotAnotherFile() throws IOException {
    write(rotated(".1"), lines("a", 0, 100));
    read();
    Path packed = rotated(".2.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(Files.readAllBytes(rotated(".1")));
    }
    Files.setLastModifiedTime(packed, FileTime.from(now));
    read();
    Files.delete(rotated(".1"));
    read();

    thenEachWasReadOnce(lines("a", 0, 100));
  }

  @Test
  void whatWasCompressedIsNotReadAgainAfterARestart() throws IOException {
    write(log, lines("a", 0, 100));
    gzip(log);
    read();
    assertThat(source.look().get(0).isEnd(lines("a", 0, 100).length())).isTrue();
    restart();

    Stream stream = source.look().get(0);
    assertThat(stream.isEnd(lines("a", 0, 100).length())).isTrue();
  }

  @Test
  void leavesOutWhatWasThereIfAskedToBeginAtTheEnd() throws IOException {
    source = null;
    write(log, lines("a", 0, 100) + "half a li");
    write(rotated(".1"), lines("z", 0, 100));
    gzip(rotated(".1"));
    restart(true);
    assertThat(source.look())
        .extracting(Stream::first)
        .contains((long) lines("a", 0, 100).length());
    assertThat(source.look()).allMatch(s -> s.first() > 0);
    restart(true);
    assertThat(source.look()).allMatch(s -> s.first() > 0);

    Files.move(log, rotated(".2"));
    write(log, lines("b", 0, 1));
    assertThat(source.look()).extracting(Stream::first).contains(0L);
  }
}
