package org.kiban.logship.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rotation does between a look and the reading that follows. */
class FileRaceTest extends RotatedLog {

  private final List<Path> listed = new ArrayList<>();
  private int swapAt = -1;
  private boolean emptied;

  /** While the last file is listed, the first two that are compressed change their names. */
  @Override
  boolean isAllowed(Path path) {
    if (listed.size() == swapAt) {
      List<Path> packed = listed.stream().filter(p -> p.toString().endsWith(".gz")).toList();
      swapAt = -1;
      swap(packed.get(0), packed.get(1));
    }
    listed.add(path);
    return super.isAllowed(path);
  }

  /** While a new file is looked at, rotation empties the log that it has copied. */
  @Override
  Instant instant() {
    if (emptied) {
      emptied = false;
      empty(log);
    }
    return super.instant();
  }

  private static void empty(Path file) {
    try {
      Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void swap(Path one, Path other) {
    try {
      Path between = folder.resolve("between");
      Files.move(one, between);
      Files.move(other, one);
      Files.move(between, other);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void filesThatChangeTheirNamesWhileTheyAreListedAreNotMixedUp() throws IOException {
    // given three that were read, written on and compressed
    for (String name : List.of(".1", ".2", ".3")) {
      write(rotated(name), lines(name, 0, 10));
    }
    write(log, lines("log", 0, 10));
    read();
    for (String name : List.of(".1", ".2", ".3")) {
      write(rotated(name), lines(name, 10, 20));
      gzip(rotated(name));
    }

    // when two of them change their names between listing and recognition
    listed.clear();
    swapAt = 3;
    read();
    read();

    assertThat(swapAt).isNegative();
    thenEachWasReadOnce(
        lines(".1", 0, 20), lines(".2", 0, 20), lines(".3", 0, 20), lines("log", 0, 10));
  }

  @Test
  void aReaderNoticesThatItsPathIsAnotherFilesByNow() throws IOException {
    // given two compressed ones that nobody has read
    for (String name : List.of(".1", ".2")) {
      write(rotated(name), lines(name, 0, 10));
      gzip(rotated(name));
    }
    List<Stream> streams = source.look();
    assertThat(streams).hasSize(2);

    // when rotation goes on before they are opened
    swap(rotated(".1.gz"), rotated(".2.gz"));

    for (Stream stream : streams) {
      assertThatThrownBy(() -> stream.open().read(0, new byte[100], 100))
          .isInstanceOf(FileStream.Changed.class);
    }
    read();
    thenEachWasReadOnce(lines(".1", 0, 10), lines(".2", 0, 10));
  }

  @Test
  void aReaderNoticesThatAFileWasFilledAnewBeforeItsFirstByteWasRead() throws IOException {
    // given one that is open and was never read
    write(log, lines("a", 0, 10));
    Stream.Reader reader = source.look().get(0).open();

    // when
    copyTruncate(rotated(".1"));
    write(log, lines("b", 0, 30));

    assertThatThrownBy(() -> reader.read(0, new byte[100], 100))
        .isInstanceOf(FileStream.Changed.class);
    reader.close();
    read();
    thenEachWasReadOnce(lines("a", 0, 10), lines("b", 0, 30));
  }

  @Test
  void aNewFileThatIsEmptiedBeforeItsCopyIsLookedAtIsNotTwo() throws IOException {
    // given one that nobody has seen, and its copy
    write(log, lines("a", 0, 10));
    Files.setLastModifiedTime(log, FileTime.from(Instant.now().minusSeconds(60)));
    Files.copy(log, rotated(".1"));

    // when it is emptied between the look at itself and the look at the copy
    emptied = true;
    read();
    write(log, lines("b", 0, 3));
    read();

    assertThat(emptied).isFalse();
    thenEachWasReadOnce(lines("a", 0, 10), lines("b", 0, 3));
  }

  @Test
  void aKnownFileThatIsEmptiedBeforeItsCopyIsLookedAtIsNotTwo() throws IOException {
    // given one that was read, its copy, and a new one that is looked at before the copy
    write(log, lines("a", 0, 10));
    read();
    write(rotated(".2"), lines("other", 0, 10));
    Files.setLastModifiedTime(rotated(".2"), FileTime.from(Instant.now().minusSeconds(60)));
    Files.copy(log, rotated(".1"));

    // when
    emptied = true;
    read();
    write(log, lines("b", 0, 3));
    read();

    assertThat(emptied).isFalse();
    thenEachWasReadOnce(lines("a", 0, 10), lines("other", 0, 10), lines("b", 0, 3));
  }
}
