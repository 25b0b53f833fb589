package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kiban.itests.Linkage.await;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.kiban.itests.NextDistribution.Fault;

/**
 * A node at work becomes another version of itself, is given versions that do not work, and is cut
 * off at every step; messages come in all the while, and in the end each is there once. With {@code
 * -Dkiban.homes=true}, all moments with {@code -Dkiban.homes.all=true} too.
 */
@EnabledIfSystemProperty(named = "kiban.homes", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HomesIT extends HomesBench {

  private static final String ALL = "kiban.homes.all";

  @Test
  @Order(1)
  void aVersionThatEndsAtOnceGivesWayToTheOldOne() throws IOException {
    goesBack(Fault.DIES);
  }

  @Test
  @Order(2)
  void aVersionWithoutWhatWasThereGivesWayToTheOldOne() throws IOException {
    goesBack(Fault.NO_ROUTES);
    assertThat(list("update:history")).contains("KBN-UPDATE-205").contains("route");
  }

  @Test
  @Order(9)
  @EnabledIfSystemProperty(named = ALL, matches = "true")
  void aVersionThatDoesNotResolveGivesWayToTheOldOne() throws IOException {
    limit(60);
    goesBack(Fault.UNRESOLVED);
  }

  @Test
  @Order(8)
  @EnabledIfSystemProperty(named = ALL, matches = "true")
  void aVersionThatHangsGivesWayToTheOldOne() throws IOException {
    limit(30);
    goesBack(Fault.HANGS);
  }

  @Test
  @Order(6)
  @EnabledIfSystemProperty(named = ALL, matches = "true")
  void cutOffBeforeTheTrialTheOldOneGoesOn() throws IOException {
    String[] moments = {
      "unpacked [1-3]\\d %", "unpacked [5-7]\\d %", "unpacked (9\\d|100) %", "facts", "trial of"
    };
    for (int i = 0; i < moments.length; i++) {
      String version = offer(Fault.NONE);
      cutWhenSaid(moments[i]);
      node.start();
      awaitOutcome("returned " + version);
      thenTheOldOneGoesOn();
    }
  }

  @Test
  @Order(7)
  @EnabledIfSystemProperty(named = ALL, matches = "true")
  void cutOffDuringTheTrialTheOldOneGoesOn() throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 4; i++) {
      String version = offer(Fault.NONE);
      apply();
      await(LONG, "the trial begins", () -> runs(version));
      Linkage.pause(random.nextInt(7000));
      cut();
      boolean kept = !Files.exists(update("trial"));
      node.start();
      assertThat(kept).as("cut off before it was kept; seed " + seed).isFalse();
      awaitOutcome("returned " + version);
      thenTheOldOneGoesOn();
    }
  }

  @Test
  @Order(3)
  void killedAloneDuringTheTrialTheOldOneComesByItself() throws IOException {
    String version = offer(Fault.NONE);
    apply();
    await(LONG, "the trial runs", () -> runs(version));
    node.kill();
    awaitOutcome("returned " + version);
    thenTheOldOneGoesOn();
  }

  @Test
  @Order(4)
  void aGoodVersionIsKeptAndSoIsEverythingElse() throws IOException {
    String version = offer(Fault.NONE);
    assertThat(list("update:compare kiban-" + version))
        .contains(NextDistribution.ADDED, NextDistribution.DEFAULT, NextDistribution.REPLACED);
    assertThat(list("update:plan")).contains("1 new defaults");
    apply();
    cutWhen(() -> Files.exists(update("current")));
    node.start();

    awaitOutcome("kept " + version);
    assertThat(version()).isEqualTo("kiban " + version);
    assertThat(node.kiban("status").expect(0).out()).contains("Kiban " + version + " ");
    thenEtcIsTheOperators();
    thenNothingIsMissing();
  }

  private static void thenEtcIsTheOperators() throws IOException {
    Map<String, String> now = NextDistribution.digests(node.etc());
    assertThat(now.remove(NextDistribution.ADDED)).isNotNull();
    assertThat(now.remove(NextDistribution.REPLACED))
        .isNotEqualTo(etc.get(NextDistribution.REPLACED));
    Map<String, String> before =
        etc.entrySet().stream()
            .filter(e -> !e.getKey().equals(NextDistribution.REPLACED))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(now).isEqualTo(before);
  }

  @Test
  @Order(5)
  void theWayBackIsATrialToo() throws IOException {
    node.exec("update:rollback kiban").expect(0);
    awaitOutcome("rolled-back 0.1." + made);
    thenTheOldOneGoesOn();
  }

  @Test
  @Order(10)
  void everyMessageIsThereOnce() throws Exception {
    sender.close();
    int numbers = sender.sent();
    ConnectionFactory broker = Broker.of(node);
    try (NumberTaker taker = new NumberTaker(broker, QUEUE, numbers)) {
      await(LONG, "all messages are there", () -> taker.taken() == numbers);
      assertThat(taker.twice()).isEmpty();
    }
  }
}
