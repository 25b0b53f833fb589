package org.kiban.itests.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.kiban.itests.Distribution;

/** Updates on a real node, from a repository that a supplier made with the tool. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpdateIT {

  private static final int KILLS = Integer.getInteger("kiban.update.kills", 1);
  private static final long SEED = Long.getLong("kiban.seed", System.nanoTime());
  private static final List<String> STEPS =
      List.of("noted and stored", "resolved", "swapped", "healthy", "taken out and put in again");

  private static final String CODE = "131156";
  private static final String OPEN =
      "{\"automatic\": false, \"windows\": [\"daily 00:00-12:00\", \"daily 12:00-00:00\"]}";
  private static final String CLOSED = "{\"automatic\": false, \"windows\": []}";

  private static AddonNode box;
  private static UpdateRepository repository;

  @BeforeAll
  static void startANodeThatTrustsTheRepository() throws IOException {
    repository = new UpdateRepository(Distribution.work().resolve("更新 元"));
    box = AddonNode.start("更新");
    box.process().configure("update/root.json", repository.anchor());
    configure(CLOSED);
    box.process()
        .configure(
            "org.kiban.municipality~" + CODE + ".cfg.json",
            "{\"code\": \"%s\", \"name\": \"杉並区\", \"site\": \"chosha\",".formatted(CODE)
                + " \"environment\": \"verification\", \"capabilities\": [\"update\"]}");
    box.await(() -> box.exec("update:status").status() == 0, 120, "updates are not managed");
  }

  @AfterAll
  static void end() {
    box.close();
  }

  private static void configure(String content) {
    box.process().configure("org.kiban.update.node.cfg.json", content);
  }

  private static void importAll() {
    box.exec("update:import '" + repository.folder() + "'").expect(0);
  }

  private static JsonNode json(String command) throws IOException {
    return new ObjectMapper().readTree(box.exec(command + " --json").expect(0).out());
  }

  private static String state() throws IOException {
    JsonNode items = json("update:list");
    return items.isEmpty()
        ? ""
        : items.get(0).path("name").asText() + " " + items.get(0).path("state").asText();
  }

  private static String installed() throws IOException {
    JsonNode addons = json("addon:list");
    return addons.isEmpty() ? "none" : addons.get(0).path("version").asText();
  }

  @Test
  @Order(1)
  void anUrgentUpdateWaitsOnlyForItsApproval() throws IOException {
    repository.offer(box.factory().make("1.0.0"), "1.0.0", "urgent");
    importAll();
    assertThat(state()).isEqualTo("jp.example.probe-1.0.0 approval");
    assertThat(box.exec("update:plan").expect(0).out()).contains("jp.example.probe-1.0.0");
    assertThat(box.exec("update:apply jp.example.probe-1.0.0").expect(3).err())
        .contains("KBN-UPDATE-019");

    box.exec("update:approve jp.example.probe-1.0.0 --by 情報政策課長").expect(0);
    assertThat(box.exec("update:apply").expect(0).out()).contains("kept");

    assertThat(installed()).isEqualTo("1.0.0");
    assertThat(box.exec("update:history").expect(0).out())
        .contains("情報政策課長 (operator@local)")
        .contains("imported");
  }

  @Test
  @Order(2)
  void aNormalUpdateWaitsForTheWindowAndLeavesEverythingAsItWasIfItFails() throws IOException {
    repository.offer(box.factory().make("1.1.0", Sabotage.CRITICAL, 0), "1.1.0", "normal");
    importAll();
    box.exec("update:approve jp.example.probe-1.1.0").expect(0);
    assertThat(state()).isEqualTo("jp.example.probe-1.1.0 window");
    box.exec("update:apply jp.example.probe-1.1.0").expect(3);
    configure(OPEN);
    box.await(() -> box.exec("update:list").out().contains(" due "), 30, "no window opened");

    String before = box.digest();
    assertThat(box.exec("update:apply").expect(1).err())
        .contains("KBN-UPDATE-020")
        .contains("KBN-ADDON-224");

    assertThat(box.digest()).isEqualTo(before);
    assertThat(installed()).isEqualTo("1.0.0");
    assertThat(state()).isEqualTo("jp.example.probe-1.1.0 failed");
  }

  @Test
  @Order(3)
  void anOlderOrChangedMediumIsRefused() throws IOException {
    Path old = repository.copy("古い");
    repository.offer(box.factory().make("1.3.0"), "1.3.0", "normal");
    importAll();
    assertThat(box.exec("update:import '" + old + "'").expect(3).err()).contains("KBN-UPDATE-004");

    Path changed = repository.copy("改竄");
    Path timestamp = changed.resolve("metadata/timestamp.json");
    Files.writeString(
        timestamp,
        Files.readString(timestamp).replaceFirst("\"version\" : \\d+", "\"version\" : 99"));
    assertThat(box.exec("update:import '" + changed + "'").expect(3).err())
        .contains("KBN-UPDATE-003");
    assertThat(state()).isEqualTo("jp.example.probe-1.3.0 approval");
  }

  @Test
  @Order(4)
  void theWayBackIsOneSwapThatAKillLeavesOldOrNew() throws IOException {
    box.exec("update:approve jp.example.probe-1.3.0").expect(0);
    box.exec("update:apply").expect(0);
    assertThat(installed()).isEqualTo("1.3.0");

    box.process().killWhen("update:rollback jp.example.probe", "swapped");
    box.process().start();
    box.await(() -> box.exec("update:status").status() == 0, 120, "updates are not managed");
    box.await(() -> box.exec("addon:list").out().contains("1.3.0"), 60, "nothing came back");
    assertThat(box.exec("update:history").expect(0).out()).contains("KBN-UPDATE-021");

    box.exec("update:rollback jp.example.probe").expect(0);
    assertThat(installed()).isEqualTo("1.0.0");
    assertThat(state()).isEqualTo("jp.example.probe-1.3.0 taken-back");
    assertThat(box.exec("update:list").out()).contains("taken back").contains("operator@local");
  }

  /** With 10 kills each step is met once going forward and once going back. */
  @Test
  @Order(5)
  void aKillAtAnyStepLeavesTheOldVersionOrTheNewOneAndTheNextTrySucceeds() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      int step = KILLS < 2 * STEPS.size() ? random.nextInt(STEPS.size()) : i / 2 % STEPS.size();
      if (i % 2 == 0) {
        killedGoingForward("2." + i + ".0", STEPS.get(step));
      } else {
        killedGoingBack(STEPS.get(step));
      }
    }
  }

  private static void killedGoingForward(String version, String step) throws IOException {
    repository.offer(box.factory().make(version), version, "urgent");
    importAll();
    box.exec("update:approve jp.example.probe-" + version).expect(0);
    String old = installed();

    killed("update:apply", step, old, version);

    if (installed().equals(old)) {
      assertThat(state()).isEqualTo("jp.example.probe-" + version + " failed");
      assertThat(lastNote().path("detail").asText()).contains("KBN-UPDATE-021");
      box.exec("update:approve jp.example.probe-" + version).expect(0);
      box.exec("update:apply").expect(0);
    }
    assertThat(installed()).isEqualTo(version);
  }

  private static void killedGoingBack(String step) throws IOException {
    String now = lastNote().path("to").asText();
    String before = lastNote().path("from").asText();

    killed("update:rollback jp.example.probe", step, now, before);

    if (installed().equals(now)) {
      box.exec("update:rollback jp.example.probe").expect(0);
    }
    assertThat(installed()).isEqualTo(before);
  }

  private static JsonNode lastNote() throws IOException {
    return json("update:history").get(0);
  }

  private static void killed(String command, String step, String old, String next)
      throws IOException {
    String where = command + " killed at " + step + ", seed " + SEED;
    String digest = box.digest();
    box.process().killWhen(command, step);
    box.process().start();
    box.await(() -> box.exec("update:status").status() == 0, 120, "updates are not managed");
    box.await(() -> box.exec("addon:list").out().contains("running"), 60, "nothing came back");
    assertThat(installed()).as(where).isIn(old, next);
    if (installed().equals(old)) {
      box.await(() -> box.digest().equals(digest), 60, "not as before: " + where);
    }
    System.out.println(where + ": " + installed() + " of " + old + " or " + next);
  }
}
