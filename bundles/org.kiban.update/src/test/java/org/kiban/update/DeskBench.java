package org.kiban.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journal;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;
import org.kiban.update.policy.Calendar;
import org.kiban.update.tuf.Repository;

/** A node that follows a repository, for tests of what it does with it. */
abstract class DeskBench {

  /** A Monday in Tokyo, at 10:02:03. */
  static final Instant NOW = Instant.parse("2026-11-23T01:02:03Z");

  /** The next Sunday, in the window. */
  static final Instant SUNDAY = Instant.parse("2026-11-28T17:00:00Z");

  @TempDir Path folder;

  final FakePart addons = new FakePart();
  Instant now = NOW;
  Repository repository;
  Journal journal;
  Desk desk;
  List<String> first = List.of();
  boolean approveUrgent;

  @BeforeEach
  void givenARepositoryThatANodeTrusts() throws IOException {
    repository = new Repository(folder.resolve("repository"), NOW.plus(Duration.ofDays(30)));
    Path anchor = folder.resolve("etc/update/root.json");
    Files.createDirectories(anchor.getParent());
    Files.write(anchor, repository.anchor());
    open();
  }

  void open() throws IOException {
    journal =
        new JournalsComponent(new DurableFilesComponent())
            .open(folder.resolve("journal"), new SecretKeySpec(new byte[32], "AES"));
    desk = desk("kura2", journal);
  }

  Desk desk(String node, Journal itsJournal) throws IOException {
    Rules rules =
        new Rules(
            repository.folder(),
            Duration.ofHours(1),
            new Calendar("Asia/Tokyo", List.of("sun 01:00-05:00"), List.of(), List.of()),
            approveUrgent,
            true,
            true,
            node.equals("kura2") ? first : List.of(),
            Duration.ofHours(24),
            Duration.ofDays(35),
            Duration.ofSeconds(300),
            Duration.ofSeconds(20),
            false,
            new org.kiban.update.os.Urgent(List.of()),
            Duration.ofDays(14),
            Optional.empty());
    return new Desk(
        new FakePaths(folder, node),
        files(),
        () -> now,
        new History(itsJournal),
        rules,
        parts(),
        null);
  }

  DurableFiles files() {
    return new DurableFilesComponent();
  }

  List<Part> parts() {
    return List.of(addons);
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
  }

  void offer(String id, String version, String lane) {
    repository.add(
        "addon/" + id + "-" + version + ".kar",
        (id + version).getBytes(StandardCharsets.UTF_8),
        custom(id, version, lane));
  }

  static ObjectNode custom(String id, String version, String lane) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", "addon")
        .put("id", id)
        .put("version", version)
        .put("lane", lane);
  }

  void imported() {
    repository.next().publish();
    desk.take(null, "tester");
  }

  List<String> states() {
    return desk.items().stream().map(i -> i.name() + " " + i.state()).toList();
  }

  List<Note.What> apply() {
    return desk.apply(Optional.empty(), "tester", (a, b) -> {}).stream().map(Note::what).toList();
  }

  static void refused(UpdateCode code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(KibanException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
