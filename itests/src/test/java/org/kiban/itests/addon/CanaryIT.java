package org.kiban.itests.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.kiban.itests.Distribution;
import org.kiban.itests.NodeProcess;

/**
 * Two nodes share a repository, one goes first; and a municipality on the second has windows of its
 * own, which only urgent updates do not wait for.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CanaryIT {

  private static final String CODE = "332020";
  private static final String ALWAYS = "[\"daily 00:00-12:00\", \"daily 12:00-00:00\"]";
  private static final String MUNICIPALITY =
      "{\"code\": \"%s\", \"name\": \"倉敷市\", \"site\": \"chosha\",".formatted(CODE)
          + " \"environment\": \"verification\", \"capabilities\": [\"update\"]}";
  private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");

  private static UpdateRepository repository;
  private static AddonNode first;
  private static AddonNode second;

  @BeforeAll
  static void startTwoNodesThatShareARepository() throws IOException {
    repository = new UpdateRepository(Distribution.work().resolve("共有 更新元"));
    first = node("先行", "kura1", "\"windows\": " + ALWAYS);
    second = node("後続", "kura2", canary("\"windows\": " + ALWAYS));
  }

  private static String canary(String windows) {
    return windows + ", \"after-nodes\": [\"kura1\"], \"soak-hours\": 0";
  }

  private static AddonNode node(String folder, String name, String settings) throws IOException {
    String anchor = repository.anchor();
    AddonNode node =
        AddonNode.start(
            folder,
            process -> {
              process.configure("org.kiban.node.cfg.json", "{ \"node-name\": \"" + name + "\" }");
              process.configure("update/root.json", anchor);
              configure(process, settings);
              process.configure("org.kiban.municipality~" + CODE + ".cfg.json", MUNICIPALITY);
            });
    node.await(() -> node.exec("update:status").status() == 0, 120, "updates are not managed");
    return node;
  }

  private static void configure(NodeProcess node, String settings) {
    node.configure(
        "org.kiban.update.node.cfg.json",
        "{\"automatic\": false, \"folder\": \"%s\", %s}".formatted(repository.folder(), settings));
  }

  @AfterAll
  static void end() {
    for (AddonNode node : new AddonNode[] {second, first}) {
      if (node != null) {
        node.close();
      }
    }
  }

  private static String name(String version) {
    return AddonFactory.ID + "-" + version;
  }

  private static String state(AddonNode node) {
    try {
      JsonNode items = new ObjectMapper().readTree(node.exec("update:list --json").expect(0).out());
      return items.isEmpty()
          ? "none"
          : items.get(0).path("name").asText() + " " + items.get(0).path("state").asText();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void offered(Path kar, String version, String lane) {
    repository.offer(kar, version, lane);
    for (AddonNode node : new AddonNode[] {first, second}) {
      node.exec("update:import").expect(0);
      node.exec("update:approve " + name(version) + " --by 情報政策課長").expect(0);
    }
  }

  private static void trusts(AddonNode node) throws IOException {
    node.process().configure("trust/example.yaml", first.factory().trust());
  }

  @Test
  @Order(1)
  void theSecondWaitsUntilTheFirstKeptIt() throws IOException {
    trusts(second);
    offered(first.factory().make("1.0.0"), "1.0.0", "urgent");
    assertThat(state(first)).isEqualTo(name("1.0.0") + " due");
    assertThat(state(second)).isEqualTo(name("1.0.0") + " canary");
    assertThat(second.exec("update:list").out()).contains("kura1");
    assertThat(second.exec("update:apply " + name("1.0.0")).expect(3).err())
        .contains("KBN-UPDATE-019", "kura1");

    first.exec("update:apply").expect(0);

    assertThat(state(second)).isEqualTo(name("1.0.0") + " due");
    second.exec("update:apply").expect(0);
    assertThat(state(second)).isEqualTo("none");
  }

  @Test
  @Order(2)
  void aMunicipalitysWindowHoldsNormalUpdatesBackAndNotUrgentOnes() throws IOException {
    LocalTime now = LocalTime.now(ZONE);
    String later =
        now.plusHours(2).truncatedTo(ChronoUnit.HOURS)
            + "-"
            + now.plusHours(3).truncatedTo(ChronoUnit.HOURS);
    configure(
        second.process(),
        "\"windows\": "
            + ALWAYS
            + ", \"municipality-windows\": [\""
            + CODE
            + " daily "
            + later
            + "\"]");
    offered(first.factory().make("1.1.0"), "1.1.0", "normal");
    second.await(
        () -> state(second).equals(name("1.1.0") + " window"), 30, "the window is not awaited");
    assertThat(second.exec("update:plan").out()).contains(name("1.1.0"));
    second.exec("update:apply " + name("1.1.0")).expect(3);
    assertThat(state(first)).isEqualTo(name("1.1.0") + " due");

    offered(first.factory().make("1.2.0"), "1.2.0", "urgent");
    assertThat(state(second)).isEqualTo(name("1.2.0") + " due");
    assertThat(second.exec("update:apply").expect(0).out()).contains("kept");
    first.exec("update:apply").expect(0);
    assertThat(state(first)).isEqualTo("none");
  }

  @Test
  @Order(3)
  void whatTheFirstDidNotKeepTheSecondNeverTries() throws IOException {
    configure(second.process(), canary("\"windows\": " + ALWAYS));
    offered(first.factory().make("1.3.0", Sabotage.CRITICAL, 0), "1.3.0", "urgent");
    first.exec("update:apply").expect(1);

    assertThat(state(first)).isEqualTo(name("1.3.0") + " failed");
    second.await(
        () -> state(second).equals(name("1.3.0") + " canary"), 30, "the first is not awaited");
    assertThat(second.exec("update:apply").expect(0).out()).doesNotContain("kept");
  }
}
