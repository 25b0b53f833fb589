package org.kiban.itests.addon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.kiban.itests.Distribution;
import org.kiban.itests.NodeProcess;
import org.kiban.itests.Shell;

/**
 * Add-ons on a real node of their own: each operation ends with the new version running and well,
 * or with the node's state as it was. With {@code -Dkiban.addon.operations=200} the seeded run has
 * the full size ({@code docs/operator/addons.md} names the command).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AddonIT {

  private static final int OPERATIONS = Integer.getInteger("kiban.addon.operations", 4);
  private static final long SEED = Long.getLong("kiban.addon.seed", 20261123);

  /** What each sabotage is refused with. */
  private static final Map<Sabotage, String> CODES =
      Map.of(
          Sabotage.BAD_IMPORT, "KBN-ADDON-207",
          Sabotage.EXCEPTION, "KBN-ADDON-221",
          Sabotage.HANG, "KBN-ADDON-222",
          Sabotage.CRITICAL, "KBN-ADDON-224",
          Sabotage.HEALTH_HANGS, "KBN-ADDON-224",
          Sabotage.THREAD_LEAK, "KBN-ADDON-225",
          Sabotage.PORT_CLASH, "KBN-ADDON-221",
          Sabotage.PORT_UNDECLARED, "KBN-ADDON-224",
          Sabotage.LOADER_LEAK, "KBN-ADDON-226");

  private static AddonNode box;
  private static NodeProcess node;
  private static AddonFactory factory;
  private static ServerSocket taken;

  @BeforeAll
  static void startANodeThatTrustsTheVendor() throws IOException {
    taken = new ServerSocket(0);
    box = AddonNode.start("アドオン");
    node = box.process();
    factory = box.factory();
  }

  @AfterAll
  static void end() throws IOException {
    taken.close();
    box.close();
  }

  private static String installed() {
    String list = node.exec("addon:list --json").expect(0).out();
    assertThat(list).doesNotContain("\"failed\"");
    return list.contains("\"version\"")
        ? list.replaceAll("(?s).*\"version\" : \"([^\"]*)\".*", "$1")
        : "none";
  }

  @Test
  @Order(1)
  void aPlanSaysWhatWouldHappenAndChangesNothing() {
    String before = box.digest();
    Path kar = factory.make("1.0.0");

    box.addon("verify", kar).expect(0);
    String plan = box.addon("plan", kar).expect(0).out();

    assertThat(plan).contains("株式会社例").contains("bundles in: jp.example.probe/1.0.0");
    assertThat(box.digest()).isEqualTo(before);
    assertThat(box.addon("update", kar).expect(2).err()).contains("KBN-ADDON-201");
    Path bad = factory.make("1.0.1", Sabotage.BAD_IMPORT, 0);
    assertThat(box.addon("plan", bad).expect(3).err()).contains("KBN-ADDON-207");
    assertThat(box.digest()).isEqualTo(before);
  }

  @Test
  @Order(2)
  void installsAndUpdates() {
    Path one = factory.make("1.0.0");

    assertThat(box.addon("install", one).expect(0).out()).contains("kept");
    assertThat(installed()).isEqualTo("1.0.0");
    assertThat(box.addon("install", one).expect(3).err()).contains("KBN-ADDON-200");
    assertThat(box.addon("update", one).expect(3).err()).contains("KBN-ADDON-202");

    box.addon("update", factory.make("1.1.0")).expect(0);
    assertThat(installed()).isEqualTo("1.1.0");
    assertThat(box.addon("update", one).expect(3).err()).contains("KBN-ADDON-036");
    assertThat(node.exec("node:diff").expect(0).out()).doesNotContain("jp.example.probe");
  }

  @Test
  @Order(3)
  void everySabotageLeavesTheStateAsItWas() {
    int version = 0;
    for (Sabotage sabotage : CODES.keySet()) {
      sabotaged(sabotage, "1.2." + version++);
    }
    assertThat(node.exec("addon:history").expect(0).out()).doesNotContain("not exactly");
  }

  private static void sabotaged(Sabotage sabotage, String version) {
    String before = box.digest();
    String was = installed();
    Path kar = factory.make(version, sabotage, taken.getLocalPort());

    Shell.Result result = box.addon(was.equals("none") ? "install" : "update", kar);

    assertThat(result.status()).as(sabotage + result.out() + result.err()).isNotZero();
    assertThat(result.err()).as(sabotage.toString()).contains(CODES.get(sabotage));
    assertThat(box.digest()).as(sabotage.toString()).isEqualTo(before);
    assertThat(installed()).isEqualTo(was);
  }

  @Test
  @Order(4)
  void seededOperationsEndWellOrLeaveTheStateAsItWasAndNothingRemains() {
    Random random = new Random(SEED);
    List<Sabotage> sabotages = CODES.keySet().stream().sorted().toList();
    if (installed().equals("none")) {
      box.addon("install", factory.make("1.9.0")).expect(0);
    }
    int before = instances("BundleClassLoader");
    for (int i = 0; i < OPERATIONS; i++) {
      String version = "2." + i + ".0";
      boolean there = !installed().equals("none");
      if (random.nextBoolean()) {
        sabotaged(sabotages.get(random.nextInt(sabotages.size())), version);
      } else if (there && random.nextInt(3) == 0) {
        node.exec("addon:remove jp.example.probe").expect(0);
        assertThat(installed()).isEqualTo("none");
      } else {
        box.addon(there ? "update" : "install", factory.make(version)).expect(0);
        assertThat(installed()).isEqualTo(version);
      }
    }
    if (installed().equals("none")) {
      box.addon("install", factory.make("2.9999.0")).expect(0);
    }
    // One more than now may be there: that of the last package that leaves its loader behind.
    assertThat(instances("BundleClassLoader")).isBetween(before - 1, before + 1);
    String threads = node.jcmd("Thread.print");
    assertThat(threads).doesNotContain("probe-leak");
    assertThat(threads.split("\"kiban-addon-")).hasSizeLessThan(5);
  }

  private static int instances(String type) {
    return node.jcmd("GC.class_histogram")
        .lines()
        .filter(l -> l.contains(type))
        .mapToInt(l -> Integer.parseInt(l.strip().split("\\s+")[1]))
        .sum();
  }

  @Test
  @Order(5)
  void killedAfterAStepItComesUpOldOrNewAlsoWithoutItsCache() throws Exception {
    String before = box.digest();
    String old = installed();

    node.killWhen("addon:update '" + factory.make("3.0.0") + "'", "swapped");
    Distribution.delete(node.data().resolve("cache"));
    node.start();
    awaitAddons();

    assertThat(installed()).isEqualTo(old);
    assertThat(box.digest()).isEqualTo(before);
    assertThat(node.exec("addon:history").expect(0).out())
        .contains("KBN-ADDON-229")
        .doesNotContain("not exactly");

    node.killWhen("addon:update '" + factory.make("3.1.0") + "'", "kept");
    node.start();
    awaitAddons();
    assertThat(installed()).isEqualTo("3.1.0");
    assertThat(node.exec("node:diff").expect(0).out()).doesNotContain("jp.example.probe");
  }

  private static void awaitAddons() {
    box.await(
        () -> node.exec("addon:list").out().contains("running"), 30, "the add-on is not back");
  }

  /** Ends the process when the update says that it has reached a step. */
  @Test
  @Order(6)
  void whatIsChangedByHandIsReportedWithinAMinute() throws IOException {
    node.exec("node:accept").expect(0);
    node.exec("bundle:stop jp.example.probe").expect(0);
    Path file = node.etc().resolve("org.ops4j.pax.url.mvn.cfg");
    Files.writeString(file, Files.readString(file) + "# by hand\n");

    box.await(
        () -> {
          String status = node.exec("node:status").out();
          return status.contains("KBN-NODE-040");
        },
        60,
        "not reported");

    assertThat(node.exec("node:diff").expect(0).out())
        .contains("jp.example.probe/3.1.0")
        .contains("etc/org.ops4j.pax.url.mvn.cfg");
    assertThat(node.tail("karaf.log")).contains("KBN-NODE-040");

    node.exec("bundle:start jp.example.probe").expect(0);
    node.exec("node:accept").expect(0);
    assertThat(node.exec("node:diff").expect(0).out()).contains("nothing to show");
  }

  @Test
  @Order(7)
  void removesWithoutATrace() {
    node.exec("addon:remove jp.example.probe --dry-run").expect(0);
    node.exec("addon:remove jp.example.probe").expect(0);

    assertThat(installed()).isEqualTo("none");
    assertThat(node.data().resolve("node/addon/store/jp.example.probe")).doesNotExist();
    assertThat(node.exec("bundle:list -t 0 -s").expect(0).out()).doesNotContain("jp.example");
    assertThat(node.exec("addon:remove jp.example.probe").expect(2).err())
        .contains("KBN-ADDON-201");
  }
}
