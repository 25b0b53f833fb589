package org.kiban.itests.addon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.kiban.itests.Distribution;
import org.kiban.itests.Shell;

/**
 * Add-ons and what is around them: another add-on with almost the same id, a bundle that hangs on
 * one, hands on packages and stored bundles, and another distribution under the same data.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AddonsTogetherIT {

  private static final String PROBE = AddonFactory.ID;
  private static final String DEEP = PROBE + ".deep";

  private static AddonNode node;
  private static AddonFactory probe;
  private static AddonFactory deep;

  @BeforeAll
  static void startANodeThatTrustsTheVendor() throws IOException {
    node = AddonNode.start("アドオン 隣");
    probe = node.factory();
    deep = probe.of(DEEP);
  }

  @AfterAll
  static void end() {
    node.close();
  }

  private static String state(String id) {
    Shell.Result shown = node.exec("addon:show --json " + id);
    return shown.status() == 0
        ? shown.out().replaceAll("(?s).*\"state\" : \"([^\"]*)\".*", "$1")
        : "none";
  }

  private static void bothRun() {
    node.await(
        () -> state(PROBE).equals("running") && state(DEEP).equals("running"),
        60,
        "not both add-ons run");
  }

  @Test
  @Order(1)
  void oneWhoseIdBeginsWithAnothersIdIsAnAddonOfItsOwn() {
    node.addon("install", probe.make("1.0.0")).expect(0);
    node.addon("install", deep.make("1.0.0")).expect(0);
    bothRun();

    String before = node.digest();
    Path sick = probe.make("1.0.1", Sabotage.CRITICAL, 0);
    assertThat(node.addon("update", sick).expect(1).err()).contains("KBN-ADDON-224");
    assertThat(node.digest()).isEqualTo(before);

    node.exec("addon:remove " + PROBE).expect(0);
    assertThat(state(PROBE)).isEqualTo("none");
    assertThat(state(DEEP)).isEqualTo("running");
    assertThat(stored(PROBE)).doesNotExist();
    assertThat(stored(DEEP)).exists();

    node.addon("install", probe.make("1.0.0")).expect(0);
    assertThat(node.digest()).isEqualTo(before);
  }

  private static Path stored(String id) {
    return node.process().data().resolve("node/addon/store").resolve(id);
  }

  @Test
  @Order(2)
  void whatABundleOfTheNodeHangsOnIsNeitherUpdatedNorRemoved() {
    node.exec("bundle:install -s '" + probe.guest().toUri() + "'").expect(0);
    String before = node.digest();
    Path next = probe.make("1.1.0");

    for (Shell.Result refused :
        new Shell.Result[] {
          node.addon("plan", next), node.addon("update", next), node.exec("addon:remove " + PROBE),
        }) {
      assertThat(refused.expect(3).err()).contains("KBN-ADDON-206", "com.example.guest");
    }
    assertThat(node.digest()).isEqualTo(before);
    assertThat(state(PROBE)).isEqualTo("running");

    node.exec("bundle:uninstall com.example.guest").expect(0);
    node.addon("update", next).expect(0);
  }

  @Test
  @Order(3)
  void aPackageThatIsChangedAfterItWasLookedAtIsRefusedWithoutATrace() throws IOException {
    Path kar = probe.make("1.2.0");
    node.addon("verify", kar).expect(0);
    String before = node.digest();
    byte[] content = Files.readAllBytes(kar);
    content[content.length / 2] ^= 1;
    Files.write(kar, content);

    for (String command : new String[] {"verify", "plan", "update"}) {
      assertThat(node.addon(command, kar).expect(3).err()).containsPattern("KBN-ADDON-01[0-9]");
    }
    assertThat(node.digest()).isEqualTo(before);
    assertThat(stored(PROBE).resolve("1.2.0")).doesNotExist();
  }

  @Test
  @Order(4)
  void aStoredBundleThatIsChangedIsReportedAndNeverLoaded() throws IOException {
    Path jar = jar(stored(PROBE));
    byte[] right = Files.readAllBytes(jar);
    Files.writeString(jar, "by hand", StandardOpenOption.APPEND);
    node.await(() -> node.exec("node:status").out().contains("addon/" + PROBE), 60, "not reported");

    node.process().kill();
    Distribution.delete(node.process().data().resolve("cache"));
    node.process().start();
    node.await(() -> state(DEEP).equals("running"), 60, "the other one is not back");
    assertThat(state(PROBE)).isEqualTo("failed");
    assertThat(node.exec("node:status").out()).contains("KBN-ADDON-232", "KBN-ADDON-220");

    Files.write(jar, right);
    bothRun();
  }

  private static Path jar(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }

  @Test
  @Order(5)
  void anotherDistributionUnderTheSameDataHasThemToo() {
    node.upgrade(Distribution.unpack(Distribution.work().resolve("配布 物 新")).home());
    bothRun();

    assertThat(node.exec("addon:list").expect(0).out()).contains("1.1.0", DEEP);
    assertThat(node.exec("node:diff").expect(0).out()).doesNotContain(PROBE);
    node.exec("addon:remove " + DEEP).expect(0);
    node.addon("update", probe.make("1.3.0")).expect(0);
    assertThat(state(PROBE)).isEqualTo("running");
  }
}
