package org.kiban.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the linkage after its first, second, third … operation on the world. */
class WorksiteKilledTest {

  private static final int KILLED_FILES = 3;

  @TempDir Path root;

  @Test
  void whereverItIsKilledEveryFileReachesEveryConsumerExactlyOnce() throws Exception {
    boolean finished = false;
    long operations = 0;
    for (; !finished; operations++) {
      Path here = Files.createDirectory(root.resolve("kill" + operations));
      finished = killedAfter(operations, here);
    }
    assertThat(operations).as("steps at which it was killed").isGreaterThan(40);
  }

  @Test
  void whatAKillLeftInTheStoreGoesAndWhatDeliveriesReferToStays() throws Exception {
    Path store = root.resolve("data/332020/exchange/store");
    Bench bench = new Bench(root);
    try (Bench before = bench) {
      // given a delivery's content and one that nobody refers to
      before.declare("031-atena", WorksiteTest.ATENA.formatted("content"));
      before.open();
      before.in("031-atena", "1.csv", "番号,氏名\r\n0001,甲\r\n".getBytes(WorksiteTest.CP932));
      before.work();
    }
    Path orphan = Files.write(store.resolve("000000000077.seg"), new byte[100]);

    try (Bench after = bench) {
      // when
      Worksite site = after.open();
      site.tidy();

      // then
      assertThat(orphan).doesNotExist();
      try (var stream = site.contents.open(site.ledger.get(1).orElseThrow())) {
        assertThat(stream.readAllBytes()).isNotEmpty();
      }

      // and one that may be on its way is left alone
      site.round();
      Files.write(orphan, new byte[100]);
      site.tidy();
      assertThat(orphan).exists();
    }
  }

  @Test
  void aLargeFileOfOneConsumerIsThereOnceWheneverItIsKilled() throws IOException {
    StringBuilder rows = new StringBuilder("番号,氏名\r\n");
    for (int i = 0; rows.length() * 2 < 3 << 20; i++) {
      rows.append(Integer.toString(46_656 + i, 36)).append(",甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲\r\n");
    }
    byte[] content = rows.toString().getBytes(WorksiteTest.CP932);
    boolean finished = false;
    long operations = 0;
    for (; !finished; operations++) {
      Path here = Files.createDirectory(root.resolve("large" + operations));
      finished = largeOneKilledAfter(operations, here, content);
    }
    assertThat(operations).as("steps at which it was killed").isGreaterThan(15);
  }

  private static boolean largeOneKilledAfter(long operations, Path here, byte[] content)
      throws IOException {
    Bench bench = new Bench(here);
    try (bench) {
      bench.declare(
          "031-atena",
          WorksiteTest.ATENA
              .formatted("content")
              .replace("  - { system: \"023\", transport: directory }\n", ""));
      bench.in("031-atena", "large.csv", content);
      bench.open(operations);
      bench.work();
      bench.work();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("killed");
    }
    boolean finished = bench.alive();
    try (Bench after = bench) {
      Worksite site = after.open();
      after.work();
      Map<String, byte[]> out = after.out("010", "031-atena");
      assertThat(out).as("killed after " + operations).hasSize(2);
      assertThat(Hashes.of(out.get("large.csv")))
          .isEqualTo(site.ledger.get(1).orElseThrow().result().sha());
      WorksiteTest.assertSound(site, 1);
      for (String left : List.of("out/010/031-atena/.kiban", "work")) {
        try (var files = Files.list(here.resolve("data/332020/exchange").resolve(left))) {
          assertThat(files).as(left + " when killed after " + operations).isEmpty();
        }
      }
    }
    return finished;
  }

  private static boolean killedAfter(long operations, Path here) throws IOException {
    Map<String, Integer> taken = new TreeMap<>();
    boolean finished;
    Bench bench = new Bench(here);
    try (bench) {
      bench.declare("031-atena", WorksiteTest.ATENA.formatted("content"));
      for (int i = 0; i < KILLED_FILES; i++) {
        bench.in(
            "031-atena", i + ".csv", ("番号,氏名\r\n000" + i + ",甲\r\n").getBytes(WorksiteTest.CP932));
      }
      bench.open(operations);
      bench.work();
      bench.work();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("killed");
    }
    finished = bench.alive();
    take(here, taken);
    try (Bench after = bench) {
      Worksite site = after.open();
      after.work();
      take(here, taken);
      after.work();
      take(here, taken);
      assertThat(taken).as("killed after " + operations).hasSize(2 * KILLED_FILES);
      assertThat(taken.values()).as("killed after " + operations).containsOnly(1);
      WorksiteTest.assertSound(site, KILLED_FILES);
    }
    return finished;
  }

  /** The consumers take what lies there, as they may at any moment. */
  private static void take(Path root, Map<String, Integer> taken) throws IOException {
    for (String consumer : List.of("010", "023")) {
      Path folder = root.resolve("data/332020/exchange/out/" + consumer + "/031-atena");
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (var all = Files.list(folder)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          if (!file.toString().endsWith(".manifest.json")) {
            taken.merge(consumer + "/" + file.getFileName(), 1, Integer::sum);
            assertThat(Files.readString(file)).contains("甲");
          }
          Files.delete(file);
        }
      }
    }
  }
}
