package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * An operator's day with municipalities on one node: two are switched on, one goes and comes back
 * while the other works, wrong files are dropped, the node is killed and its cache wiped. The steps
 * build on one another.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MunicipalityIT {

  private static final String KURASHIKI = "332020";
  private static final String TAKAMATSU = "372013";

  private static NodeProcess node;

  @BeforeAll
  static void start() {
    node = NodeProcess.create("団体").start();
  }

  @AfterAll
  static void end() {
    node.close();
  }

  @Test
  @Order(1)
  void beginsWithNoMunicipalityAndTakesTheSample() {
    assertThat(node.kiban("status").expect(0).out()).contains("municipality:enable");

    node.exec("municipality:enable --dry-run " + KURASHIKI).expect(0);
    assertThat(file(KURASHIKI)).doesNotExist();
    node.exec("municipality:enable " + KURASHIKI).expect(0);
    node.exec("municipality:enable " + TAKAMATSU).expect(0);

    assertThat(state(KURASHIKI, "messaging")).isEqualTo("running");
    assertThat(state(TAKAMATSU, "messaging")).isEqualTo("running");
    assertThat(state(KURASHIKI, "downrecovery")).isEqualTo("unavailable");
    assertThat(node.kiban("status").expect(0).out().lines().count()).isLessThanOrEqualTo(12);
  }

  @Test
  @Order(2)
  void oneGoesAndComesBackWhileTheOtherNoticesNothing() throws IOException {
    String before = healthService(KURASHIKI);
    String sample = Files.readString(file(TAKAMATSU));

    node.exec("municipality:disable " + TAKAMATSU).expect(0);
    assertThat(healthService(TAKAMATSU)).isEmpty();
    node.exec("municipality:enable " + TAKAMATSU).expect(0);

    assertThat(healthService(TAKAMATSU)).isNotEmpty();
    assertThat(healthService(KURASHIKI)).isNotEmpty().isEqualTo(before);
    assertThat(Files.readString(file(TAKAMATSU))).contains("//capabilities");
    assertThat(Files.readString(file(TAKAMATSU)).replace("\n  \"enabled\": true,", ""))
        .isEqualTo(sample);
  }

  @Test
  @Order(3)
  void wrongFilesAreRefusedWithACodeAndTheOthersGoOn() throws IOException {
    String right = Files.readString(file(KURASHIKI));
    String sendai = right.replace(KURASHIKI, "041009");
    node.configure("org.kiban.municipality~332021.cfg.json", right.replace(KURASHIKI, "332021"));
    node.configure("org.kiban.municipality~kurashiki.cfg.json", right);
    node.configure(
        "org.kiban.municipality~041009.cfg.json", sendai.replace("\"exchange\"", "\"exchagne\""));
    node.configure("org.kiban.municipality~332020.cfg.json", "{ torn");

    await(() -> node.exec("municipality:list").out().contains("KBN-NODE-001"));
    String list = node.exec("municipality:list").expect(0).out();

    assertThat(list)
        .contains("KBN-NODE-004: org.kiban.municipality~332021.cfg.json")
        .contains("KBN-NODE-008: org.kiban.municipality~kurashiki.cfg.json")
        .contains("KBN-NODE-006: org.kiban.municipality~041009.cfg.json")
        .contains("(exchange?)")
        .contains("KBN-NODE-001: org.kiban.municipality~332020.cfg.json");
    assertThat(state(KURASHIKI, "messaging")).isEqualTo("running");
    assertThat(node.kiban("status").expect(0).out()).contains("degraded");

    node.configure("org.kiban.municipality~332020.cfg.json", right);
    for (String wrong : List.of("332021", "kurashiki", "041009")) {
      Files.delete(file(wrong));
    }
    await(() -> !node.kiban("status").out().contains("degraded"));
  }

  @Test
  @Order(4)
  void partnersAreKeptApartByEnvironment() {
    assertThat(node.exec("partner:add --environment verification " + KURASHIKI + " 001").expect(3))
        .extracting(Shell.Result::err)
        .asString()
        .contains("KBN-PARTNER-004");
    node.exec("partner:add --environment production " + KURASHIKI + " 001").expect(0);
    assertThat(node.exec("partner:list " + KURASHIKI).expect(0).out()).contains("住民基本台帳");
    assertThat(node.exec("partner:list " + TAKAMATSU).expect(0).out()).doesNotContain("001");
    node.exec("partner:remove " + KURASHIKI + " 001").expect(0);
    node.exec("partner:show " + KURASHIKI + " 001").expect(2);
  }

  @Test
  @Order(5)
  void comesBackAfterAKillWithoutInstallingAnythingAgain() throws IOException {
    long before = installations();

    node.kill();
    node.start();

    assertThat(state(KURASHIKI, "messaging")).isEqualTo("running");
    assertThat(state(TAKAMATSU, "messaging")).isEqualTo("running");
    assertThat(installations()).isEqualTo(before).isPositive();
  }

  @Test
  @Order(6)
  void rebuildsItselfWhenTheCacheIsWiped() throws IOException {
    node.stop();
    Distribution.delete(node.data().resolve("cache"));

    node.start();

    assertThat(state(KURASHIKI, "messaging")).isEqualTo("running");
    assertThat(state(TAKAMATSU, "messaging")).isEqualTo("running");
  }

  private static Path file(String code) {
    return node.etc().resolve("org.kiban.municipality~" + code + ".cfg.json");
  }

  private static String state(String code, String capability) {
    try {
      String out = node.exec("municipality:show --json " + code).expect(0).out();
      for (JsonNode each : new ObjectMapper().readTree(out).get("capabilities")) {
        if (each.get("name").asText().equals(capability)) {
          return each.get("state").asText();
        }
      }
      throw new AssertionError(capability + " is not in " + out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The number of the health check service of messaging, which changes when it is made anew. */
  private static String healthService(String code) {
    String services = node.exec("service:list org.apache.felix.hc.api.HealthCheck").expect(0).out();
    return services
        .lines()
        .dropWhile(l -> !(l.contains("hc.tags") && l.contains(code)))
        .filter(l -> l.contains("service.id"))
        .findFirst()
        .orElse("");
  }

  private static long installations() throws IOException {
    return Files.readAllLines(node.data().resolve("log/karaf.log")).stream()
        .filter(l -> l.contains("Bundles to install:"))
        .count();
  }

  private static void await(Supplier<Boolean> condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.get()) {
      assertThat(Instant.now()).as("the node follows within 30 s").isBefore(end);
      try {
        if (never.await(200, TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
