package org.kiban.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.storage.Journal;

/** Old entries go, and nobody can take others away in the same way. */
class JournalExpiryTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration KEEP = Duration.ofDays(32);
  private static final Journal.Dating DATING =
      payload -> Instant.parse(new String(payload, StandardCharsets.UTF_8));

  @TempDir(factory = InMemory.class)
  Path temporary;

  private final List<byte[]> hashes = new ArrayList<>();
  private Path directory;
  private Journal journal;

  @BeforeEach
  void givenAHundredDaysOfOneEntryEachAndOldOnesLetGoOfDaily() throws IOException {
    directory = temporary.resolve("journal");
    journal = JournalFiles.open(directory, Limits.DEFAULT);
    for (int day = 0; day < 100; day++) {
      journal.append(JournalFiles.payloads(START.plus(Duration.ofDays(day)).toString()));
      hashes.add(journal.head());
      journal.expire(START.plus(Duration.ofDays(day)), KEEP, DATING);
    }
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
  }

  @Test
  void entriesStayAsLongAsWantedAndLittleLonger() throws IOException {
    assertThat(journal.last()).isEqualTo(100);
    assertThat(dates()).first().satisfies(d -> assertThat(day(d)).isBetween(64L, 67L));
    assertThat(dates()).hasSize((int) (100 - journal.base().position()));
  }

  @Test
  void theChainGoesOnFromWhatWasLetGoOf() throws IOException {
    // given
    Journal.Base base = journal.base();

    // then
    assertThat(base.hash()).isEqualTo(hashes.get((int) base.position() - 1));
    journal.read(1, e -> assertThat(e.hash()).isEqualTo(hashes.get((int) e.position() - 1)));
    assertThat(journal.verify()).isEmpty();

    // and when it is opened again
    reopen();
    assertThat(journal.base().position()).isEqualTo(base.position());
    assertThat(journal.verify()).isEmpty();
    assertThat(journal.append(JournalFiles.payloads(START.plus(KEEP).toString()))).isEqualTo(101);
    assertThat(journal.verify()).isEmpty();
  }

  @Test
  void theNewestEntryStaysHoweverOld() throws IOException {
    Instant late = START.plus(Duration.ofDays(10_000));
    journal.expire(late, KEEP, DATING);
    journal.expire(late, KEEP, DATING);
    assertThat(dates()).isNotEmpty().last().matches(d -> day(d) == 99);
    reopen();
    assertThat(journal.last()).isEqualTo(100);
  }

  @Test
  void ofAnEmptyJournalNothingGoes() throws IOException {
    try (Journal empty = JournalFiles.open(temporary.resolve("empty"))) {
      assertThat(empty.expire(START, KEEP, DATING)).isZero();
      assertThat(empty.base().position()).isZero();
      assertThat(empty.base().hash()).isEqualTo(new byte[32]);
    }
  }

  @Test
  void aCrashBeforeTheFilesWentIsMadeUpFor() throws IOException {
    // given
    Path before = JournalFiles.copy(directory, temporary.resolve("before"));
    long position = journal.base().position();
    journal.expire(START.plus(Duration.ofDays(110)), KEEP, DATING);
    assertThat(journal.base().position()).isGreaterThan(position);

    // when only the anchor was written
    Files.write(before.resolve("base"), Files.readAllBytes(directory.resolve("base")));

    try (Journal opened = JournalFiles.open(before)) {
      assertThat(opened.base().position()).isEqualTo(journal.base().position());
      assertThat(opened.verify()).isEmpty();
    }
  }

  @Test
  void whoTakesMoreAwayOrTheAnchorIsFound() throws IOException {
    Path copy = JournalFiles.copy(directory, temporary.resolve("copy"));
    Files.delete(JournalFiles.segments(copy).get(0));
    thenRefused(copy);
    JournalFiles.copy(directory, copy);
    Files.delete(copy.resolve("base"));
    thenRefused(copy);
    byte[] anchor = Files.readAllBytes(directory.resolve("base"));
    for (int i = 0; i < anchor.length; i++) {
      JournalFiles.copy(directory, copy);
      byte[] other = anchor.clone();
      other[i] ^= 1;
      Files.write(copy.resolve("base"), other);
      assertThat(isReported(copy)).as("flipped at %d", i).isTrue();
    }
  }

  @Test
  void aReaderKeepsFilesFromGoing() throws Exception {
    // given
    FutureTask<Long> expiry =
        new FutureTask<>(() -> journal.expire(START.plus(Duration.ofDays(200)), KEEP, DATING));
    List<Long> read = new ArrayList<>();

    // when all has become old while a reader has read the first entry, and appends meanwhile
    journal.read(
        1,
        entry -> {
          if (read.isEmpty()) {
            new Thread(expiry).start();
          }
          read.add(entry.position());
          journal.append(JournalFiles.payloads(START.plus(Duration.ofDays(100)).toString()));
        });

    // then
    assertThat(read).endsWith(100L);
    assertThat(expiry.get()).isPositive();
  }

  private static void thenRefused(Path directory) {
    assertThatThrownBy(() -> JournalFiles.open(directory).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("missing");
  }

  private static boolean isReported(Path directory) throws IOException {
    try (Journal opened = JournalFiles.open(directory)) {
      return !opened.verify().isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  private List<Instant> dates() throws IOException {
    return JournalFiles.texts(journal).stream().map(Instant::parse).toList();
  }

  private static long day(Instant date) {
    return Duration.between(START, date).toDays();
  }

  private void reopen() throws IOException {
    journal.close();
    journal = JournalFiles.open(directory, Limits.DEFAULT);
  }
}
