package org.kiban.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.ledger.Delivery;

/** A disk that fails for a while: what was polled meanwhile is taken in afterwards, once. */
class PassingFailureTest {

  private static final String ID = "031-bin";
  private static final String BINARY =
      """
      interface: 031-bin
      name: 素通し
      provider: "031"
      receive: { transport: directory }
      identity: file-name
      consumers: [{ system: "010", transport: directory }]
      input: { profile: binary }
      output: { profile: binary }
      """;

  /** Fills a batch with the next one, so that the others wait for a second batch. */
  private static final int ALMOST_A_BATCH = (8 << 20) - 1;

  @TempDir Path root;

  @Test
  void whateverFailsForAWhileEveryFileIsTakenInAfterwards() throws IOException {
    boolean failed = true;
    long operations = 1;
    for (; failed; operations += 2) {
      Path here = Files.createDirectory(root.resolve("fails" + operations));
      failed = failingAfter(operations, here);
    }
    assertThat(operations).as("steps at which it failed").isGreaterThan(30);
  }

  private static boolean failingAfter(long operations, Path here) throws IOException {
    Bench bench = new Bench(here);
    try (bench) {
      bench.declare(ID, BINARY);
      Worksite site = bench.open();
      // given files of two batches
      bench.in(ID, "0.bin", new byte[ALMOST_A_BATCH]);
      for (int i = 1; i < 4; i++) {
        bench.in(ID, i + ".bin", new byte[i]);
      }
      bench.failAfter(operations);

      // when
      boolean failed = failsWhileItWorks(bench, site);
      bench.mend();
      tryAgain(bench, site);

      // then
      assertThat(bench.out("010", ID)).as("failed after " + operations).hasSize(8);
      WorksiteTest.assertSound(site, 4);
      assertThat(site.ledger.counts()).as("failed after " + operations).hasSize(1);
      return failed;
    } finally {
      deleteAll(here);
    }
  }

  private static boolean failsWhileItWorks(Bench bench, Worksite site) throws IOException {
    for (int i = 0; i < 3; i++) {
      try {
        bench.work();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("killed");
      }
    }
    return !bench.alive();
  }

  private static void tryAgain(Bench bench, Worksite site) throws IOException {
    for (int i = 0; i < 30; i++) {
      site.refresh();
    }
    bench.work();
    bench.work();
  }

  private static void deleteAll(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void anArrivalThatCannotBeReadHoldsUpNoOther() throws IOException {
    Bench bench = new Bench(root);
    try (bench) {
      bench.declare(ID, BINARY);
      Worksite site = bench.open();
      Line line = site.lines.open().get(ID);
      bench.in(ID, "a.bin", new byte[1]);
      Arrival real = line.inbound().poll(1).get(0);
      // given one that the ledger has and that could not be taken away, nor be read now
      Arrival stuck = failing(real, Set.of("retire", "open"));
      Intake.Taken first =
          site.intake.take(List.of(offered(line, failing(real, Set.of("retire")))));
      site.courier.publish(site.courier.stage(first));
      bench.in(ID, "b.bin", new byte[2]);
      Arrival other = line.inbound().poll(1).get(0);

      // when
      Intake.Taken taken = site.intake.take(List.of(offered(line, stuck), offered(line, other)));
      site.courier.publish(site.courier.stage(taken));

      // then
      assertThat(bench.out("010", ID)).containsKey("b.bin");
      assertThat(site.problems.all()).anyMatch(p -> p.contains("a.bin"));

      // and it is finished when it can be read again, and nobody gets it twice
      tryAgain(bench, site);
      assertThat(site.ledger.open()).isEmpty();
      assertThat(site.ledger.counts()).isEqualTo(Map.of(Delivery.DELIVERED, 2L));
      assertThat(site.problems.all()).isEmpty();
    }
  }

  private static Intake.Offered offered(Line line, Arrival arrival) {
    return new Intake.Offered(line, ID, arrival);
  }

  private static Arrival failing(Arrival real, Set<String> methods) {
    return (Arrival)
        Proxy.newProxyInstance(
            Arrival.class.getClassLoader(),
            new Class<?>[] {Arrival.class},
            (proxy, method, args) -> {
              if (methods.contains(method.getName())) {
                throw new IOException("the disk does not answer");
              }
              try {
                return method.invoke(real, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
