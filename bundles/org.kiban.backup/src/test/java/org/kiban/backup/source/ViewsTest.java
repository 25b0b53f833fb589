package org.kiban.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.Fixture;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Progress;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.backup.BackupSource;
import org.kiban.core.storage.Journal;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** What a backup makes of sources that change while it reads them. */
class ViewsTest {

  private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");

  @TempDir Path folder;
  private final JournalsComponent journals = new JournalsComponent(new DurableFilesComponent());
  private Path data;
  private Path view;

  /** Another bundle's: a directory whose files move while the backup reads. */
  private record Moving(Path in, AtomicLong closed) implements BackupSource {
    @Override
    public String name() {
      return "moving";
    }

    @Override
    public Optional<MunicipalityCode> municipality() {
      return Optional.empty();
    }

    @Override
    public View prepare(Staging staging) {
      return new View() {
        @Override
        public void atMoment() throws IOException {
          staging.keep(in);
          staging.keep(in.resolveSibling("missing"));
        }

        @Override
        public List<Path> paths() {
          return List.of(in.getParent());
        }

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    }
  }

  @Test
  void givenAWriterAndFilesThatMoveWhenSavedThenWhatIsRestoredIsOfOneMoment() throws Exception {
    // given
    data = Files.createDirectories(folder.resolve("デー[タ]*")).toRealPath();
    view = data.resolve("backup/view");
    Path in = Files.createDirectories(data.resolve("in"));
    Files.writeString(in.resolve("arrived.csv"), "1");
    AtomicLong closed = new AtomicLong();
    Path repository = folder.resolve("repository");
    Fixture.create(repository).close();
    Backup.Result saved;
    long moment;
    try (Journal journal = journals.open(data.resolve("ledger"), KEY)) {
      append(journal, 50);
      CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> append(journal, 300));

      // when
      try (Views views =
          Views.prepare(List.of(new Moving(in, closed)), view, journals, Optional.of(data))) {
        moment = journal.last();
        Files.move(in.resolve("arrived.csv"), data.resolve("taken.csv"));
        Files.writeString(in.resolve("later.csv"), "2");
        saved = save(repository, views);
        assertThat(views.paths()).containsExactly(data);
      }
      writer.join();
    }

    // then
    assertThat(closed).hasValue(1);
    assertThat(view).as("copies are gone").doesNotExist();
    Path target = folder.resolve("restored");
    assertThat(Fixture.restore(repository, saved.snapshot().tree(), target).problems()).isEmpty();
    Path root = target.resolve(Path.of("/").relativize(data));
    Path copies =
        target.resolve(Path.of("/").relativize(view)).resolve(Path.of("/").relativize(data));
    assertThat(root.resolve("in")).doesNotExist();
    assertThat(root.resolve("ledger")).doesNotExist();
    assertThat(copies.resolve("in/arrived.csv")).hasContent("1");
    assertThat(copies.resolve("in/later.csv")).doesNotExist();
    try (Journal copy = journals.open(copies.resolve("ledger"), KEY)) {
      assertThat(copy.last()).isBetween(50L, moment);
      assertThat(copy.verify()).isEmpty();
    }
  }

  @Test
  void givenASourceThatFailsThenNothingStaysHeldAndItIsNamed() throws Exception {
    data = Files.createDirectories(folder.resolve("data")).toRealPath();
    AtomicLong closed = new AtomicLong();
    BackupSource broken =
        new BackupSource() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public Optional<MunicipalityCode> municipality() {
            return Optional.empty();
          }

          @Override
          public View prepare(Staging staging) throws IOException {
            throw new IOException("no line");
          }
        };
    try (Journal journal = journals.open(data.resolve("ledger"), KEY)) {
      assertThatThrownBy(
              () ->
                  Views.prepare(
                      List.of(new Moving(data.resolve("in"), closed), broken),
                      data.resolve("view"),
                      journals,
                      Optional.of(data)))
          .hasMessageContaining("broken")
          .hasMessageContaining("no line");
      append(journal, 1);
    }
    assertThat(closed).hasValue(1);
  }

  private static Backup.Result save(Path repository, Views views) throws IOException {
    try (Repository open = Fixture.open(repository).lock(false)) {
      Progress progress = new Progress();
      Backup.Result result =
          new Backup(open, progress)
              .run(new Backup.Job(views.paths(), List.of(), views.excludes(), true, false, 2));
      assertThat(progress.problems()).isEmpty();
      return result;
    }
  }

  private static void append(Journal journal, int entries) {
    try {
      for (int i = 0; i < entries; i++) {
        journal.append(List.of(("entry " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
