package org.kiban.logship.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;
import org.kiban.core.storage.Journal;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.local.LocalStore;
import org.kiban.logship.local.Search;
import org.kiban.logship.mask.Mask;
import org.kiban.logship.parse.Packer;
import org.kiban.logship.parse.Profile;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.source.FileSource;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** What operators ask, of an agent whose lines are turned by hand before their threads start. */
class LogAgentTest {

  private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");
  private static final Search ALL = new Search(Instant.MIN, Instant.MAX, "", 1000);

  @TempDir private Path folder;

  private final Receiver far = new Receiver();
  private Instant now = Instant.parse("2026-11-23T01:00:00Z");
  private Path log;
  private Watcher watcher;
  private Shipper near;
  private Shipper away;
  private LogAgent agent;
  private Evidence evidence;
  private LocalStore local;

  @BeforeEach
  void givenAnAgentWithALocalStoreAndAReceiver() throws IOException {
    log = folder.resolve("app.log");
    DurableFilesComponent files = new DurableFilesComponent();
    JournalsComponent journals = new JournalsComponent(files);
    InstantSource clock = () -> now;
    Journal journal = journals.open(folder.resolve("evidence"), KEY);
    evidence = new Evidence(journal);
    FileSource source =
        new FileSource(
            "app",
            "salt",
            log.toString(),
            p -> true,
            Profile.PLAIN,
            false,
            Duration.ofSeconds(5),
            folder.resolve("app.json"),
            files,
            clock);
    watcher = new Watcher(List.of(source));
    Path place = Files.createDirectory(folder.resolve("local"));
    local =
        new LocalStore(
            new FrameStore(place, journals, KEY, new FrameStore.Room(1 << 18, 1 << 14)),
            "kura1",
            Duration.ofDays(7),
            clock);
    near = shipper("here", local, evidence, files);
    away = shipper("far", far.connect(), evidence, files);
    agent =
        new LogAgent(
            "332020",
            watcher,
            List.of(line(near), line(away)),
            Optional.of(local),
            journal,
            evidence,
            Duration.ZERO,
            10);
  }

  private Shipper shipper(
      String name,
      org.kiban.logship.ship.Destination to,
      Evidence evidence,
      DurableFilesComponent files)
      throws IOException {
    return new Shipper(
        name,
        to,
        s -> new Packer(s.profile(), new Mask(List.of())),
        new Cursors(folder.resolve(name + ".json"), files),
        evidence,
        () -> now);
  }

  @Test
  void listsWhatASourceLetGoOfOnce() throws IOException {
    write("one\n");
    Origin origin = watcher.streams().get(0).origin();
    Instant from = now.minusSeconds(60);
    for (int i = 0; i < 2; i++) {
      evidence.lost(now, origin, from, now, "from here to there, deleted");
    }
    agent.start();

    assertThat(agent.gaps())
        .filteredOn(g -> g.verdict() == Report.Verdict.LOST)
        .extracting(Report.Gap::source, Report.Gap::detail)
        .containsExactly(tuple("app", "from here to there, deleted"));
    assertThat(agent.accept("known")).hasSize(1);
    assertThat(agent.gaps()).noneMatch(g -> g.verdict().isGap());
    assertThat(agent.accept("nothing is left")).isEmpty();
  }

  @Test
  void theRecordOfWhatWasSentGoesWithItsAgeAndIsStillChecked() throws IOException {
    write("one\n");
    long before = evidence.size();
    for (int day = 0; day < 100; day++) {
      write("day " + day + "\n");
      now = now.plus(Duration.ofDays(1));
      evidence.expire(now, Duration.ofDays(32));
    }
    agent.start();

    assertThat(evidence.size()).isBetween(2 * 32L, 2 * 36L);
    assertThat(before).isPositive();
    assertThat(agent.verify()).allMatch(v -> v.problems().isEmpty());
  }

  private Line line(Shipper shipper) {
    return new Line("332020", shipper, watcher, 10);
  }

  @AfterEach
  void stop() throws IOException {
    agent.close();
  }

  private void write(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    for (int i = 0; i < 3; i++) {
      watcher.look();
      near.turn(watcher.streams());
      away.turn(watcher.streams());
      now = now.plusSeconds(60);
    }
  }

  @Test
  void findsByTextAndByTime() throws IOException {
    write("朝 one\n夜 two\n");
    Instant between = now;
    write("朝 three\n");

    assertThat(found(ALL)).hasSize(3);
    assertThat(found(new Search(Instant.MIN, Instant.MAX, "朝", 1)))
        .extracting(Search.Hit::text)
        .containsExactly("朝 three");
    assertThat(found(new Search(between, Instant.MAX, "", 9)))
        .extracting(Search.Hit::text)
        .containsExactly("朝 three");
    assertThat(found(new Search(Instant.MIN, between, "e", 9)))
        .extracting(Search.Hit::offset)
        .containsExactly(0L);
  }

  @Test
  void keepsWithinItsRoomByThrowingTheOldestAway() throws IOException {
    for (int i = 0; i < 60; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 1000; j++) {
        text.append(Long.toHexString((i * 1000L + j) * 0x9E3779B97F4A7C15L)).append("00000\n");
      }
      write(text.toString());
    }

    assertThat(found(new Search(Instant.MIN, Instant.MAX, "", 100_000)).size())
        .isBetween(5_000, 59_999);
    assertThat(agent.status()).allMatch(s -> s.waiting() == 0 && s.events() == 60_000);
  }

  @Test
  void whatIsOlderThanIsKeptGoesFromTheLocalStore() throws IOException {
    for (int day = 0; day < 20; day++) {
      write("day " + day + "\n");
      now = now.plus(Duration.ofDays(1));
      local.expire();
    }

    assertThat(found(ALL)).extracting(Search.Hit::text).contains("day 19").hasSizeBetween(7, 9);
  }

  @Test
  void tellsWhatEachDestinationHas() throws IOException {
    write("one\ntwo\n");
    agent.start();

    assertThat(agent.destinations()).containsExactly("here", "far");
    assertThat(agent.gaps())
        .hasSize(2)
        .allMatch(g -> g.sent() == 2 && g.stored() == 2 && g.verdict() == Report.Verdict.OK);
    assertThat(agent.verify()).hasSize(4).allMatch(v -> v.problems().isEmpty());
  }

  @Test
  void tellsWhatAReceiverLostAndSendsItAgainFromHereThoughTheFileIsGone() throws IOException {
    write("one\ntwo\n");
    write("three\n");
    Files.delete(log);
    watcher.look();
    far.positions.clear();
    far.events.clear();
    agent.start();

    assertThat(agent.gaps())
        .anyMatch(g -> g.verdict() == Report.Verdict.MISSING && g.sent() == 3 && g.stored() == 0);
    assertThat(agent.replay("far").events()).isEqualTo(3);
    assertThat(far.all()).containsExactly("one", "two", "three");
    assertThat(agent.replay("far").events()).isZero();
    assertThat(agent.gaps()).allMatch(g -> g.verdict() == Report.Verdict.OK);
    assertThatThrownBy(() -> agent.replay("nowhere"))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("KBN-LOGSHIP-012");
  }

  private List<Search.Hit> found(Search search) throws IOException {
    return search.in(List.of(agent.archive().orElseThrow()));
  }
}
