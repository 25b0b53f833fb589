package org.kiban.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.backup.BackupSource.Staging;
import org.kiban.core.storage.Journal;
import org.kiban.core.storage.Journals;

/** Copies of journals that are written meanwhile. */
class JournalHoldTest {

  @TempDir Path folder;

  @Test
  void givenAppendsThatGoOnWhenHeldAndCopiedThenTheCopyEndsAtTheMomentAndOpens() throws Exception {
    Path live = Files.createDirectories(folder.resolve("live"));
    JournalsComponent journals = JournalFiles.journals();
    try (Journal journal = journals.open(live.resolve("a"), JournalFiles.KEY)) {
      for (int i = 0; i < 200; i++) { // several segments
        journal.append(JournalFiles.payloads("before " + i));
      }
      CompletableFuture<Long> later;
      try (Journals.Hold hold = journals.hold(live)) {
        assertThat(hold.journals()).containsExactly(live.resolve("a").toRealPath());
        later = CompletableFuture.supplyAsync(() -> append(journal, "after"));
        hold.copy(hold.journals().get(0), staging());
        assertThat(later).isNotDone();
        assertThat(journal.last()).isEqualTo(200);
      }
      assertThat(later.get()).isEqualTo(201);
    }
    try (Journal copy = journals.open(folder.resolve("copy"), JournalFiles.KEY)) {
      assertThat(copy.last()).isEqualTo(200);
      assertThat(copy.verify()).isEmpty();
      assertThat(copy.append(JournalFiles.payloads("goes on"))).isEqualTo(201);
    }
    try (Journal again = journals.open(live.resolve("a"), JournalFiles.KEY)) {
      assertThat(again.last()).isEqualTo(201);
      assertThat(again.verify()).as("writing to the copy left the journal alone").isEmpty();
    }
  }

  @Test
  void givenAJournalThatLetGoOfOldEntriesWhenCopiedThenTheCopyOpens() throws Exception {
    Path live = Files.createDirectories(folder.resolve("live"));
    JournalsComponent journals = JournalFiles.journals();
    long first;
    try (Journal journal = journals.open(live.resolve("a"), JournalFiles.KEY)) {
      for (int i = 0; i < 200; i++) { // several segments
        journal.append(JournalFiles.payloads("entry " + i));
      }
      assertThat(journal.expire(Instant.now(), Duration.ofDays(1), payload -> Instant.EPOCH))
          .isPositive();
      first = journal.base().position();
      try (Journals.Hold hold = journals.hold(live)) {
        hold.copy(hold.journals().get(0), staging());
      }
    }
    try (Journal copy = journals.open(folder.resolve("copy"), JournalFiles.KEY)) {
      assertThat(copy.base().position()).isEqualTo(first);
      assertThat(copy.verify()).isEmpty();
    }
  }

  @Test
  void givenTwoMunicipalitiesWhenOneIsHeldThenTheOtherGoesOn() throws IOException {
    JournalsComponent journals = JournalFiles.journals();
    try (Journal one = journals.open(folder.resolve("332020/ledger"), JournalFiles.KEY);
        Journal other = journals.open(folder.resolve("372013/ledger"), JournalFiles.KEY);
        Journals.Hold hold = journals.hold(folder.resolve("332020"))) {
      assertThat(hold.journals()).hasSize(1);
      assertThat(other.append(JournalFiles.payloads("x"))).isEqualTo(1);
      assertThat(one.last()).isZero();
    }
  }

  private static long append(Journal journal, String text) {
    try {
      return journal.append(JournalFiles.payloads(text));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Staging staging() {
    return new Staging() {
      @Override
      public Path standIn(Path live) throws IOException {
        return Files.createDirectories(folder.resolve("copy")).resolve(live.getFileName());
      }

      @Override
      public void keep(Path live) throws IOException {
        Files.createLink(standIn(live), live);
      }
    };
  }
}
