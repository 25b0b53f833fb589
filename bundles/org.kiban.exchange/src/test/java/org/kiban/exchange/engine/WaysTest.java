package org.kiban.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;
import org.kiban.exchange.ledger.Delivery;

/** A consumer gets another way out while a file lies staged for the old one. */
class WaysTest {

  private static final String ID = "031-atena";
  private static final String HERE = WorksiteTest.ATENA.formatted("content");
  private static final String TO_ANOTHER_NODE =
      HERE.replace("\"010\", transport: directory", "\"010\", transport: node");

  @TempDir Path root;
  private final Set<Long> staged = ConcurrentHashMap.newKeySet();
  private final Set<Long> there = ConcurrentHashMap.newKeySet();
  private volatile boolean down = true;
  private Bench bench;
  private Worksite site;

  /** A node whose line is down for days. */
  private final Outbound far =
      new FarOutbound() {
        @Override
        public void stage(Parcel parcel, Content content) {
          staged.add(parcel.delivery());
        }

        @Override
        public void publish(Parcel parcel) throws IOException {
          if (down) {
            throw new IOException("the line is down");
          }
          there.add(parcel.delivery());
        }

        @Override
        public Presence look(Parcel parcel) {
          return there.contains(parcel.delivery())
              ? Presence.PUBLISHED
              : staged.contains(parcel.delivery()) ? Presence.STAGED : Presence.LOST;
        }

        @Override
        public void withdraw(Parcel parcel) {
          staged.remove(parcel.delivery());
        }
      };

  @BeforeEach
  void aFileLiesStagedForANodeOutOfReach() throws IOException {
    bench = new Bench(root, far);
    bench.declare(ID, TO_ANOTHER_NODE);
    site = bench.open();
    bench.in(ID, "a.csv", "番号,氏名\r\n0001,甲\r\n".getBytes(WorksiteTest.CP932));
    bench.work();
    assertThat(leg().state()).isEqualTo(Delivery.STAGED);
    assertThat(staged).containsExactly(1L);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Delivery.Leg leg() throws IOException {
    return site.ledger.get(1).orElseThrow().consumers().get("010");
  }

  private void declare(String yaml) throws IOException {
    bench.declare(ID, yaml);
    site.refresh();
    site.refresh();
    site.tries.tryNow();
  }

  @Test
  void theNewWayBringsItAndTheOldOneKeepsNothing() throws IOException {
    declare(HERE);
    bench.work();

    assertThat(bench.out("010", ID)).containsKey("a.csv");
    assertThat(staged).isEmpty();
    WorksiteTest.assertSound(site, 1);
  }

  @Test
  void theNewWayBringsItAlsoIfTheDeclarationChangedWhileTheNodeWasStopped() throws IOException {
    bench.close();
    bench.declare(ID, HERE);
    site = bench.open();
    bench.work();

    assertThat(bench.out("010", ID)).containsKey("a.csv");
    WorksiteTest.assertSound(site, 1);
  }

  @Test
  void whatTheOldWayBroughtBeforeACrashIsNotBroughtAgain() throws IOException {
    there.add(1L);
    declare(HERE);
    bench.work();

    assertThat(bench.out("010", ID)).isEmpty();
    assertThat(leg().state()).isEqualTo(Delivery.DELIVERED);
  }

  @Test
  void anotherChangeOfTheDeclarationLeavesItStaged() throws IOException {
    declare(TO_ANOTHER_NODE.replace("宛名異動データ", "宛名"));
    down = false;
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (!leg().state().equals(Delivery.DELIVERED)) {
            site.tries.tryNow();
            Thread.onSpinWait();
          }
        });
    assertThat(there).containsExactly(1L);
  }
}
