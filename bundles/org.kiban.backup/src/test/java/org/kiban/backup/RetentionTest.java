package org.kiban.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Retention;

/** The words of retention mean what they mean to restic. */
class RetentionTest {

  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]{64})\"");

  @TempDir private Path directory;
  private Path root;
  private List<Snapshot> snapshots;

  @BeforeEach
  void givenTwoYearsOfSnapshots() throws IOException {
    root = directory.resolve("repository");
    Fixture.create(root).close();
    Path source = Files.createDirectory(directory.resolve("source"));
    Id tree = Fixture.save(root, source).snapshot().tree();
    try (Repository repository = Fixture.open(root).lock(false)) {
      repository
          .backend()
          .delete(
              org.kiban.backup.backend.Backend.Kind.SNAPSHOT,
              repository.snapshot("latest").id().toString());
      OffsetDateTime time = OffsetDateTime.parse("2026-11-23T05:06:07.123456+09:00");
      for (int i = 0; i < 60; i++) {
        List<String> tags = i % 7 == 0 ? List.of("月次", "x") : List.of("x");
        repository.save(
            Snapshot.create(
                time, tree, Optional.empty(), "node", List.of("/srv"), tags, List.of()));
        time = time.minusHours(1 + i * i % 400);
      }
      snapshots = repository.snapshots();
    }
  }

  private void same(Retention rules, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("forget", "--dry-run", "--json"));
    command.addAll(List.of(words));
    String json =
        new StockRestic(root, Fixture.PASSWORD, directory).done(command.toArray(String[]::new));
    String removed = json.substring(json.indexOf("\"remove\":"), json.indexOf("\"reasons\":"));
    Set<String> theirs = new TreeSet<>();
    ID.matcher(removed).results().forEach(m -> theirs.add(m.group(1)));

    Set<String> ours = new TreeSet<>();
    rules.forgotten(snapshots).forEach(s -> ours.add(s.id().toString()));
    // Newer ones keep the oldest while a rule is not used up, and so do we; 0.14 does not.
    theirs.remove(snapshots.get(0).id().toString());
    ours.remove(snapshots.get(0).id().toString());
    assertThat(ours).isEqualTo(theirs);
  }

  private static Retention count(String word, int count) {
    return new Retention(Map.of(word, count), "", List.of());
  }

  @Test
  void counts_as_restic_counts() throws Exception {
    same(count("last", 5), "--keep-last", "5");
    same(count("hourly", 7), "--keep-hourly", "7");
    same(count("daily", 7), "--keep-daily", "7");
    same(count("weekly", 9), "--keep-weekly", "9");
    same(count("monthly", 5), "--keep-monthly", "5");
    same(count("yearly", 1), "--keep-yearly", "1");
    same(
        new Retention(Map.of("last", 2, "daily", 4, "monthly", 6), "", List.of()),
        "--keep-last",
        "2",
        "--keep-daily",
        "4",
        "--keep-monthly",
        "6");
  }

  @Test
  void spans_and_tags_are_those_of_restic() throws Exception {
    same(new Retention(Map.of(), "1m5d3h", List.of()), "--keep-within", "1m5d3h");
    same(new Retention(Map.of(), "", List.of("月次,x")), "--keep-tag", "月次,x");
    same(
        new Retention(Map.of("weekly", 3), "", List.of("月次")),
        "--keep-weekly",
        "3",
        "--keep-tag",
        "月次");
  }

  @Test
  void the_oldest_stays_until_a_rule_is_used_up() {
    assertThat(count("yearly", 10).forgotten(snapshots)).doesNotContain(snapshots.get(0));
    assertThat(count("last", 3).forgotten(snapshots)).contains(snapshots.get(0)).hasSize(57);
  }

  @Test
  void refuses_to_keep_nothing_and_what_it_does_not_understand() {
    assertThatThrownBy(() -> new Retention(Map.of("last", 0), "", List.of()))
        .hasMessageStartingWith("KBN-BACKUP-014");
    assertThatThrownBy(() -> new Retention(Map.of(), "five days", List.of()))
        .hasMessageStartingWith("KBN-BACKUP-014");
  }
}
