package org.kiban.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.Fixture;
import org.kiban.backup.StockRestic;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Progress;
import org.kiban.backup.source.PostgresSource.Kind;
import org.kiban.core.KibanException;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** What a real PostgreSQL had at one moment comes back, though it is written to meanwhile. */
class PostgresSourceTest {

  private static PostgresServer server;

  @TempDir private Path folder;
  private Path repository;
  private Path stored;

  @BeforeAll
  static void givenAServerWithResidents() throws Exception {
    PostgresServer.programs();
    server = PostgresServer.fresh();
    server.sql("postgres", "create database jumin");
    server.sql(
        "jumin",
        "create table atena (id int primary key, name text);"
            + " insert into atena select n, '倉敷　' || md5(n::text) from generate_series(1, 100000) n");
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void givenARepository() throws IOException {
    repository = folder.resolve("repository");
    Fixture.create(repository).close();
    stored = folder.resolve("332020/backup/postgresql/jumin.dump");
  }

  private PostgresSource source(Kind kind, String database, String password) {
    return new PostgresSource(
        "jumin", Optional.empty(), kind, server.uri(database), Optional.of(password), stored);
  }

  private interface Meanwhile {
    void run() throws Exception;
  }

  private Backup.Result save(PostgresSource source, Meanwhile meanwhile) throws Exception {
    try (Views views =
            Views.prepare(
                List.of(source),
                folder.resolve("view"),
                new JournalsComponent(new DurableFilesComponent()),
                Optional.empty());
        Repository open = Fixture.open(repository).lock(false)) {
      meanwhile.run();
      return new Backup(open, new Progress())
          .run(
              new Backup.Job(
                  views.paths(), List.of(), views.excludes(), true, false, 2, views.streams()));
    }
  }

  /** What stock restic gives of it. */
  private Path restored() throws Exception {
    Path target = folder.resolve("restored");
    StockRestic restic = new StockRestic(repository, Fixture.PASSWORD, folder);
    restic.done("check", "--read-data");
    restic.done("restore", "latest", "--target", target.toString());
    Path view = target.resolve(Path.of("/").relativize(folder.resolve("view")));
    return view.resolve(Path.of("/").relativize(stored));
  }

  @Test
  void a_dump_is_of_the_moment_at_which_it_began_and_is_restored_by_stock_tools() throws Exception {
    save(
        source(Kind.DUMP, "jumin", PostgresServer.PASSWORD),
        () -> server.sql("jumin", "insert into atena values (0, 'later')"));

    server.restore("again", restored());

    assertThat(server.sql("again", "select count(*), min(id), max(id) from atena"))
        .isEqualTo("100000|1|100000");
    server.sql("jumin", "delete from atena where id = 0");
  }

  @Test
  void a_server_that_was_saved_as_a_whole_starts_again() throws Exception {
    save(source(Kind.BASE, "postgres", PostgresServer.PASSWORD), () -> {});

    try (PostgresServer again = PostgresServer.of(restored())) {
      assertThat(again.sql("jumin", "select count(*) from atena")).isEqualTo("100000");
    }
  }

  @Test
  void who_is_not_let_in_hears_why_and_nothing_is_saved() throws Exception {
    assertThatThrownBy(() -> save(source(Kind.DUMP, "jumin", "falsch-1"), () -> {}))
        .isInstanceOfSatisfying(
            KibanException.class,
            e -> assertThat(e.code()).isEqualTo(BackupMessage.POSTGRESQL_FAILED))
        .hasMessageContaining("password authentication failed")
        .hasMessageNotContaining("falsch-1");
    assertThat(folder.resolve("view")).doesNotExist();
  }

  @Test
  void a_dump_that_breaks_in_the_middle_leaves_no_snapshot() throws Exception {
    assertThatThrownBy(
            () ->
                save(
                    source(Kind.DUMP, "jumin", PostgresServer.PASSWORD),
                    () ->
                        ProcessHandle.current()
                            .descendants()
                            .filter(p -> p.info().command().orElse("").endsWith("pg_dump"))
                            .forEach(ProcessHandle::destroyForcibly)))
        .isInstanceOfSatisfying(
            KibanException.class,
            e -> assertThat(e.code()).isEqualTo(BackupMessage.POSTGRESQL_FAILED));
    try (Repository open = Fixture.open(repository)) {
      assertThat(open.snapshots()).isEmpty();
    }
  }

  @Test
  void an_entry_with_a_password_or_without_its_secret_is_refused_and_not_shown() {
    PostgresSettings settings =
        new PostgresSettings(
            Optional.empty(),
            folder,
            name -> Optional.empty(),
            (key, value) ->
                new KibanException(
                    org.kiban.core.Outcome.USAGE, BackupMessage.WRONG_SETTING, "file", key, value));
    for (String entry :
        List.of(
            "jumin postgresql://kiban:geheim@db/jumin",
            "jumin postgresql://kiban@db/jumin?password=geheim",
            "jumin postgresql://kiban@db/jumin missing",
            "Jumin postgresql://kiban@db/jumin",
            "jumin host=db")) {
      assertThatThrownBy(() -> settings.sources(new String[] {entry}, new String[0]))
          .as(entry)
          .hasMessageContaining("postgresql")
          .hasMessageNotContaining("geheim");
    }
    assertThat(
            settings.sources(
                new String[] {"jumin postgresql://kiban@db/jumin"},
                new String[] {"whole postgresql://kiban@db/postgres"}))
        .extracting(s -> s.name())
        .containsExactly("jumin", "whole");
    assertThat(Files.exists(folder.resolve("postgresql"))).isFalse();
  }
}
