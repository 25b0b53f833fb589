package org.kiban.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.storage.Journal;

class JournalTest {

  @TempDir Path directory;

  @Test
  void givenAppendsWhenReopenedThenEntriesAndHeadAreTheSame() throws Exception {
    byte[] head;
    try (Journal journal = JournalFiles.open(directory)) {
      assertThat(journal.last()).isZero();
      assertThat(journal.head()).isEqualTo(new byte[32]);
      assertThat(journal.append(JournalFiles.payloads("a"))).isEqualTo(1);
      assertThat(journal.append(JournalFiles.payloads("b", "", "c"))).isEqualTo(4);
      head = journal.head();
    }
    try (Journal journal = JournalFiles.open(directory)) {
      assertThat(journal.last()).isEqualTo(4);
      assertThat(journal.head()).isEqualTo(head).isEqualTo(chain("a", "b", "", "c"));
      assertThat(JournalFiles.texts(journal)).containsExactly("a", "b", "", "c");
      assertThat(journal.verify()).isEmpty();
      assertThat(journal.append(JournalFiles.payloads("d"))).isEqualTo(5);
      assertThat(journal.head()).isEqualTo(chain("a", "b", "", "c", "d"));
    }
  }

  @Test
  void givenManySegmentsWhenReadFromAPositionThenEntriesFollowInOrder() throws Exception {
    try (Journal journal = JournalFiles.open(directory)) {
      for (int i = 1; i <= 100; i++) {
        journal.append(JournalFiles.payloads("entry " + i, "and"));
      }
      List<Long> positions = new ArrayList<>();
      journal.read(150, entry -> positions.add(entry.position()));
      assertThat(positions).hasSize(51).startsWith(150L, 151L).endsWith(199L, 200L);
      assertThat(journal.verify()).isEmpty();
    }
    assertThat(JournalFiles.segments(directory)).hasSizeGreaterThan(5);
    try (Journal journal = JournalFiles.open(directory)) {
      assertThat(JournalFiles.texts(journal)).hasSize(200).startsWith("entry 1", "and", "entry 2");
      assertThat(journal.verify()).isEmpty();
    }
  }

  @Test
  void givenThreadsWhenTheyAppendAtOnceThenEachGetsItsOwnPositions() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Journal journal = JournalFiles.open(directory)) {
      List<Callable<Long>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        String text = "entry " + i;
        calls.add(() -> journal.append(JournalFiles.payloads(text, text)));
      }
      List<Future<Long>> results = threads.invokeAll(calls);
      List<String> texts = JournalFiles.texts(journal);
      for (int i = 0; i < results.size(); i++) {
        int last = Math.toIntExact(results.get(i).get());
        assertThat(texts.subList(last - 2, last)).containsExactly("entry " + i, "entry " + i);
      }
      assertThat(texts).hasSize(800);
      assertThat(journal.verify()).isEmpty();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void givenAnInterruptedCallerWhenItAppendsThenTheEntryIsWrittenAndTheFlagStays()
      throws Exception {
    try (Journal journal = JournalFiles.open(directory)) {
      Thread.currentThread().interrupt();
      assertThat(journal.append(JournalFiles.payloads("a"))).isEqualTo(1);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(journal.append(JournalFiles.payloads("b"))).isEqualTo(2);
    }
  }

  @Test
  void givenAnOpenJournalWhenOpenedAgainThenRefused() throws Exception {
    JournalsComponent journals = JournalFiles.journals();
    Journal journal = journals.open(directory, JournalFiles.KEY);
    assertThatThrownBy(() -> journals.open(directory, JournalFiles.KEY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("already open");
    journal.append(JournalFiles.payloads("still works"));
    journal.close();
    journals.open(directory, JournalFiles.KEY).close();
  }

  @Test
  void givenAnotherKeyWhenOpenedThenRefusedAndNothingChanged() throws Exception {
    JournalFiles.open(directory).close();
    byte[] other = new byte[32];
    other[0] = 1;
    assertThatThrownBy(
            () -> JournalFiles.journals().open(directory, new SecretKeySpec(other, "AES")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another key");
    JournalFiles.open(directory).close();
  }

  @Test
  void givenAClosedJournalWhenUsedThenRefused() throws Exception {
    Journal journal = JournalFiles.open(directory);
    journal.close();
    journal.close();
    assertThatThrownBy(() -> journal.append(JournalFiles.payloads("late")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void givenWrongArgumentsWhenCalledThenRefusedWithoutEffect() throws Exception {
    try (Journal journal = JournalFiles.open(directory)) {
      assertThatThrownBy(() -> journal.append(List.of()))
          .isInstanceOf(IllegalArgumentException.class);
      List<byte[]> big = List.of(new byte[(16 << 20) + 1]);
      assertThatThrownBy(() -> journal.append(big)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> journal.read(0, entry -> {}))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(journal.last()).isZero();
    }
  }

  @Test
  void givenSecretTextWhenAppendedThenNoFileShowsIt() throws Exception {
    try (Journal journal = JournalFiles.open(directory)) {
      journal.append(JournalFiles.payloads("plain words nobody may read"));
    }
    for (Path file : JournalFiles.segments(directory)) {
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .doesNotContain("nobody may read");
    }
  }

  private static byte[] chain(String... texts) throws Exception {
    byte[] hash = new byte[32];
    for (int i = 0; i < texts.length; i++) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(hash);
      digest.update(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) (i + 1)});
      hash = digest.digest(texts[i].getBytes(StandardCharsets.UTF_8));
    }
    return hash;
  }
}
