package org.kiban.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.storage.Journal;

/** Nothing that happens to the files goes unnoticed, and a crash loses nothing that was told. */
class JournalDamageTest {

  private static final int FRAME = 40 + 1 + 16 + 32 + 4;

  @TempDir(factory = InMemory.class)
  Path temporary;

  @ParameterizedTest
  @ValueSource(ints = {0x01, 0x80})
  void givenAClosedJournalWhenAnyByteIsFlippedThenItIsReported(int mask) throws Exception {
    Path original = filled(12);
    List<Path> files = new ArrayList<>(JournalFiles.segments(original));
    files.add(original.resolve("head"));
    assertThat(files).hasSizeGreaterThan(3);
    for (Path file : files) {
      for (long at = 0; at < Files.size(file); at++) {
        Path copy = JournalFiles.copy(original, temporary.resolve("copy"));
        flip(copy.resolve(file.getFileName()), at, mask);
        assertThat(reported(copy)).as("%s at %d", file.getFileName(), at).isTrue();
      }
    }
  }

  @Test
  void givenACrashedJournalWhenAnyWrittenByteIsFlippedThenNoEntryVanishesSilently()
      throws Exception {
    try (Journal journal = JournalFiles.open(temporary.resolve("journal"))) {
      append(journal, 5);
      Path crashed = JournalFiles.copy(temporary.resolve("journal"), temporary.resolve("crashed"));
      Path file = JournalFiles.segments(crashed).get(0);
      for (long at = 0; at < Files.size(file); at++) {
        Path copy = JournalFiles.copy(crashed, temporary.resolve("copy"));
        flip(copy.resolve(file.getFileName()), at, 0x01);
        boolean reported = reported(copy);
        if (!reported) {
          assertThat(count(copy)).as("flipped at %d", at).isEqualTo(5);
        }
      }
    }
  }

  @Test
  void givenACrashedJournalWhenCutAtAnyLengthThenAPrefixOfWholeAppendsIsLeft() throws Exception {
    Path live = temporary.resolve("journal");
    try (Journal journal = JournalFiles.open(live)) {
      for (int i = 0; i < 4; i++) {
        journal.append(JournalFiles.payloads("x" + i, "y" + i, "z" + i));
      }
      Path crashed = JournalFiles.copy(live, temporary.resolve("crashed"));
      Path file = JournalFiles.segments(crashed).get(0);
      long before = 0;
      for (long length = SegmentHeader.BYTES; length <= Files.size(file); length++) {
        Path copy = JournalFiles.copy(crashed, temporary.resolve("copy"));
        cut(copy.resolve(file.getFileName()), length);
        try (Journal recovered = JournalFiles.open(copy)) {
          assertThat(recovered.last() % 3).isZero();
          assertThat(recovered.last()).isGreaterThanOrEqualTo(before);
          assertThat(recovered.verify()).isEmpty();
          before = recovered.last();
          recovered.append(JournalFiles.payloads("after"));
          assertThat(JournalFiles.texts(recovered)).hasSize((int) before + 1).endsWith("after");
        }
      }
      assertThat(before).isEqualTo(12);
    }
  }

  @Test
  void givenACrashedJournalWhenWholeFramesOfItsEndAreGoneThenTheyAreMissed() throws Exception {
    Path live = temporary.resolve("journal");
    try (Journal journal = JournalFiles.open(live, new Limits(2000, 1024, 1 << 20, 0))) {
      for (String text : List.of("a", "b", "c")) {
        journal.append(JournalFiles.payloads(text));
      }
      // The anchor of an append is written before the next append is.
      Path copy = JournalFiles.copy(live, temporary.resolve("copy"));
      Path file = JournalFiles.segments(copy).get(0);
      cut(file, SegmentHeader.BYTES + 2L * (FRAME + 1));
      assertThat(Anchor.read(copy.resolve(Anchor.HEAD)).position()).isBetween(2L, 3L);
      cut(file, SegmentHeader.BYTES + FRAME + 1L);
      assertThatThrownBy(() -> JournalFiles.open(copy))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("entry 2: missing");
    }
  }

  @Test
  void givenALaterAppendThenTheAnchorFollowsByItself() throws Exception {
    Path live = temporary.resolve("journal");
    try (Journal journal = JournalFiles.open(live, new Limits(2000, 1024, 1 << 20, 20))) {
      journal.append(JournalFiles.payloads("a"));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!Files.exists(live.resolve("head"))) {
        assertThat(System.nanoTime()).isLessThan(end);
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(Anchor.read(live.resolve(Anchor.HEAD)).position()).isEqualTo(1);
    }
  }

  @Test
  void givenAWriteTornOutOfOrderWhenOpenedThenItIsCut() throws Exception {
    Path live = temporary.resolve("journal");
    try (Journal journal = JournalFiles.open(live)) {
      journal.append(JournalFiles.payloads("a"));
      Path file = JournalFiles.segments(live).get(0);
      long start = SegmentHeader.BYTES + FRAME + 1;
      journal.append(List.of(new byte[1800]));
      for (long sector = 0; sector < 4; sector++) {
        Path copy = JournalFiles.copy(live, temporary.resolve("copy"));
        zero(copy.resolve(file.getFileName()), Math.max(start, sector * 512), sector * 512 + 512);
        assertThat(count(copy)).as("sector %d", sector).isEqualTo(1);
      }
    }
  }

  @Test
  void givenAnEarlierEntryZeroedWhenOpenedThenItIsNotTakenForATornWrite() throws Exception {
    Path live = temporary.resolve("journal");
    try (Journal journal = JournalFiles.open(live)) {
      journal.append(List.of(new byte[1500]));
      journal.append(JournalFiles.payloads("b"));
      Path copy = JournalFiles.copy(live, temporary.resolve("copy"));
      zero(JournalFiles.segments(copy).get(0), 512, 1024);
      assertThatThrownBy(() -> JournalFiles.open(copy))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("entry 1");
    }
  }

  @Test
  void givenARunningJournalWhenAnEntryIsFlippedThenVerifyNamesItAndNoOther() throws Exception {
    Path live = temporary.resolve("journal");
    try (Journal journal = JournalFiles.open(live)) {
      append(journal, 100);
      flip(JournalFiles.segments(live).get(1), SegmentHeader.BYTES + 50, 1);
      long first = Segments.first(JournalFiles.segments(live).get(1));
      assertThat(journal.verify()).singleElement().matches(damage -> damage.position() == first);
      assertThatThrownBy(() -> JournalFiles.texts(journal))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("entry " + first);
    }
  }

  @Test
  void givenAFrameRemovedOrSwappedOrReplayedWhenVerifiedThenItsPlaceIsNamed() throws Exception {
    Path live = temporary.resolve("journal");
    try (Journal journal = JournalFiles.open(live)) {
      append(journal, 10);
      Path file = JournalFiles.segments(live).get(0);
      byte[] good = Files.readAllBytes(file);
      int size = FRAME + 8;
      int third = SegmentHeader.BYTES + 2 * size;
      byte[] removed = Arrays.copyOf(good, good.length);
      System.arraycopy(good, third + size, removed, third, 7 * size);
      Files.write(file, removed);
      assertThat(journal.verify()).first().matches(damage -> damage.position() == 3);

      byte[] swapped = Arrays.copyOf(good, good.length);
      System.arraycopy(good, third, swapped, third + size, size);
      System.arraycopy(good, third + size, swapped, third, size);
      Files.write(file, swapped);
      assertThat(journal.verify()).first().matches(damage -> damage.position() == 3);

      byte[] replayed = Arrays.copyOf(good, good.length);
      System.arraycopy(good, third, replayed, third + size, size);
      Files.write(file, replayed);
      assertThat(journal.verify()).first().matches(damage -> damage.position() <= 4);
      Files.write(file, good);
      assertThat(journal.verify()).isEmpty();
    }
  }

  @Test
  void givenAMiddleSegmentCutOrMissingWhenOpenedOrVerifiedThenReported() throws Exception {
    Path live = temporary.resolve("journal");
    try (Journal journal = JournalFiles.open(live)) {
      append(journal, 100);
      Path middle = JournalFiles.segments(live).get(1);
      byte[] good = Files.readAllBytes(middle);
      Files.write(middle, Arrays.copyOf(good, good.length - (FRAME + 8)));
      assertThat(journal.verify()).isNotEmpty();
      assertThat(reported(JournalFiles.copy(live, temporary.resolve("copy")))).isTrue();
      Files.delete(middle);
      long first = Segments.first(middle);
      assertThat(journal.verify()).isNotEmpty().allMatch(damage -> damage.position() <= first);
      assertThatThrownBy(
              () -> JournalFiles.open(JournalFiles.copy(live, temporary.resolve("copy"))))
          .isInstanceOf(IOException.class);
      Files.write(middle, good);
    }
  }

  @Test
  void givenAClosedJournalWhenItsEndIsTakenAwayThenOpenRefuses() throws Exception {
    Path original = filled(12);
    List<Path> segments = JournalFiles.segments(original);
    Path cut = JournalFiles.copy(original, temporary.resolve("cut"));
    Path last = cut.resolve(segments.get(segments.size() - 1).getFileName());
    cut(last, Files.size(last) - (FRAME + 8));
    assertThatThrownBy(() -> JournalFiles.open(cut)).hasMessageContaining("once ended");
    Files.delete(last);
    assertThatThrownBy(() -> JournalFiles.open(cut)).hasMessageContaining("once ended");
    for (Path file : JournalFiles.segments(cut)) {
      Files.delete(file);
    }
    assertThatThrownBy(() -> JournalFiles.open(cut)).hasMessageContaining("missing");
  }

  @Test
  void givenACrashBetweenSegmentsWhenOpenedThenTheEmptySegmentIsContinued() throws Exception {
    Path live = temporary.resolve("journal");
    Path copy;
    byte[] head;
    try (Journal journal = JournalFiles.open(live)) {
      append(journal, 100);
      head = journal.head();
      copy = JournalFiles.copy(live, temporary.resolve("copy"));
    }
    List<Path> segments = JournalFiles.segments(live);
    Path last = segments.get(segments.size() - 1);
    new Segments(copy, JournalFiles.KEY, new org.kiban.storage.DurableFilesComponent())
        .create(101, last, Files.size(last));
    Files.copy(
        last, copy.resolve(last.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (Journal journal = JournalFiles.open(copy)) {
      assertThat(journal.last()).isEqualTo(100);
      assertThat(journal.head()).isEqualTo(head);
      assertThat(journal.append(JournalFiles.payloads("next"))).isEqualTo(101);
      assertThat(journal.verify()).isEmpty();
    }
  }

  private Path filled(int entries) throws IOException {
    Path directory = temporary.resolve("filled");
    try (Journal journal = JournalFiles.open(directory, new Limits(300, 0, 1 << 20))) {
      append(journal, entries);
    }
    return directory;
  }

  private static void append(Journal journal, int entries) throws IOException {
    for (int i = 1; i <= entries; i++) {
      journal.append(JournalFiles.payloads(String.format("entry%03d", i)));
    }
  }

  private static boolean reported(Path directory) throws IOException {
    try (Journal journal = JournalFiles.open(directory)) {
      return !journal.verify().isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  private static int count(Path directory) throws IOException {
    try (Journal journal = JournalFiles.open(directory)) {
      return JournalFiles.texts(journal).size();
    }
  }

  private static void flip(Path file, long at, int mask) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ mask);
    }
  }

  private static void zero(Path file, long from, long to) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(from);
      bytes.write(new byte[(int) (to - from)]);
    }
  }

  private static void cut(Path file, long length) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(length);
    }
  }
}
