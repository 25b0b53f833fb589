package org.kiban.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;
import org.kiban.exchange.ledger.Delivery;

/** A consumer on another node that answers late or never, beside one on this. */
class LaneTest {

  private static final String ID = "031-atena";
  private static final int FILES = 50;
  private static final String HERE = WorksiteTest.ATENA.formatted("content");
  private static final String TO_ANOTHER_NODE =
      HERE.replace("\"010\", transport: directory", "\"010\", transport: node");

  @TempDir Path root;
  private final CountDownLatch answer = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch published = new CountDownLatch(FILES);
  private final CountDownLatch receiptsTaken = new CountDownLatch(1);
  private final Set<Long> there = ConcurrentHashMap.newKeySet();

  /** Stages at once, and lets everything else wait until it answers. */
  private final Outbound mute =
      new FarOutbound() {
        @Override
        public void stage(Parcel parcel, Content content) {
          // Nothing to be done.
        }

        @Override
        public void publish(Parcel parcel) throws IOException {
          answered();
          assertThat(there.add(parcel.delivery())).as("published once").isTrue();
          published.countDown();
        }

        @Override
        public List<Long> confirmed() throws IOException {
          answered();
          if (there.size() == FILES) {
            receiptsTaken.countDown();
          }
          return List.copyOf(there);
        }

        private void answered() throws IOException {
          asked.countDown();
          try {
            answer.await();
          } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
          }
        }

        @Override
        public Presence look(Parcel parcel) {
          return there.contains(parcel.delivery()) ? Presence.PUBLISHED : Presence.STAGED;
        }

        @Override
        public void withdraw(Parcel parcel) {
          there.remove(parcel.delivery());
        }

        @Override
        public void close() {
          answer.countDown();
        }
      };

  @Test
  void aNodeThatNeverAnswersHoldsUpNoConsumerOfThisNode() throws Exception {
    Bench bench = new Bench(root, mute);
    try (bench) {
      try {
        whileItDoesNotAnswer(bench);
      } finally {
        answer.countDown();
      }

      // and what was owed to it is brought there when it answers
      assertThat(published.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(receiptsTaken.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void whileItDoesNotAnswer(Bench bench) throws Exception {
    // given a node that accepts a call and does not answer it
    bench.declare(ID, TO_ANOTHER_NODE);
    Worksite site = bench.open();
    drop(bench, 0, 1);
    assertTimeoutPreemptively(Duration.ofSeconds(60), bench::work);
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

    // when
    drop(bench, 1, FILES);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < 5; i++) {
            site.refresh();
            bench.work();
          }
        });

    // then
    assertThat(bench.out("023", ID)).hasSize(2 * FILES);
    assertThat(site.ledger.counts()).isEqualTo(Map.of(Delivery.ACCEPTED, (long) FILES));
  }

  @Test
  void aLaneEndsWithItsConsumersDeclaration() throws Exception {
    answer.countDown();
    Bench bench = new Bench(root, mute);
    try (bench) {
      bench.declare(ID, TO_ANOTHER_NODE);
      Worksite site = bench.open();
      assertThat(lanes()).isEqualTo(1);

      bench.declare(ID, HERE);
      site.refresh();
      site.refresh();

      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            while (lanes() > 0) {
              Thread.onSpinWait();
            }
          });
    }
  }

  private static long lanes() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().equals("kiban-exchange-332020-" + ID + "-010"))
        .count();
  }

  private static void drop(Bench bench, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      bench.in(ID, i + ".csv", ("番号,氏名\r\n%04d,甲\r\n".formatted(i)).getBytes(WorksiteTest.CP932));
    }
  }
}
