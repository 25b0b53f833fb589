package org.kiban.node.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.node.FakeFeatures;
import org.kiban.node.FixedPaths;
import org.kiban.node.PlainFiles;
import org.kiban.node.config.Registry;
import org.kiban.node.container.Configurations;

class ConvergenceTest {

  @TempDir private Path directory;
  private final FakeFeatures features = new FakeFeatures("kiban-exchange", "kiban-backup");
  private final FakeConfigurations configurations = new FakeConfigurations();
  private final PlainFiles files = new PlainFiles();
  private Instant now = Instant.parse("2026-11-23T00:00:00Z");
  private Registry registry;
  private Convergence convergence;

  @BeforeEach
  void node() throws IOException {
    Files.createDirectories(directory.resolve("etc"));
    Files.writeString(directory.resolve("etc/org.kiban.node.cfg.json"), "{}");
    restart();
  }

  @Test
  void installs_what_is_listed_once_and_configures_each_municipality() throws IOException {
    given("332020", "exchange", "number");
    given("372013", "exchange", "backup");

    pass();
    pass();

    assertThat(features.calls).containsExactly("install [kiban-backup, kiban-exchange]");
    assertThat(configurations.calls)
        .containsExactly(
            "put org.kiban.backup~372013",
            "put org.kiban.exchange~332020",
            "put org.kiban.exchange~372013");
    assertThat(convergence.failures()).isEmpty();
  }

  @Test
  void disabling_one_municipality_touches_nothing_of_the_other() throws IOException {
    given("332020", "exchange");
    given("372013", "exchange", "backup");
    pass();
    forgetCalls();

    given("372013");
    pass();

    assertThat(configurations.calls)
        .containsExactly("delete org.kiban.backup~372013", "delete org.kiban.exchange~372013");
    assertThat(features.calls).containsExactly("uninstall kiban-backup");
    assertThat(features.required).containsExactly("kiban-exchange");
  }

  @Test
  void a_restart_reinstalls_nothing() throws IOException {
    given("332020", "exchange");
    pass();
    forgetCalls();

    restart();
    pass();

    assertThat(features.calls).isEmpty();
    assertThat(configurations.calls).isEmpty();
  }

  @Test
  void a_wiped_cache_is_rebuilt() throws IOException {
    given("332020", "exchange");
    pass();
    forgetCalls();

    features.required.clear();
    configurations.there.clear();
    restart();
    pass();

    assertThat(features.calls).containsExactly("install [kiban-exchange]");
    assertThat(configurations.calls).containsExactly("put org.kiban.exchange~332020");
  }

  @Test
  void waits_with_features_until_the_container_has_booted() throws IOException {
    given("332020", "exchange");
    features.booted = false;
    pass();
    assertThat(features.calls).isEmpty();
    assertThat(configurations.there).containsKey("org.kiban.exchange~332020");

    features.booted = true;
    pass();
    assertThat(features.required).containsExactly("kiban-exchange");
  }

  @Test
  void never_removes_what_it_did_not_install() throws IOException {
    features.required.add("kiban-backup");
    given("332020", "backup");
    pass();

    given("332020");
    pass();

    assertThat(features.calls).isEmpty();
  }

  @Test
  void a_feature_that_does_not_resolve_leaves_the_others_and_is_retried_with_pauses()
      throws IOException {
    features.unresolvable.add("kiban-backup");
    given("332020", "exchange", "backup");

    pass();

    assertThat(features.required).containsExactly("kiban-exchange");
    assertThat(convergence.failures()).containsOnlyKeys("backup");
    assertThat(convergence.failures().get("backup").problem())
        .hasMessage("KBN-NODE-020: capability backup could not be installed: Unable to resolve");
    forgetCalls();
    now = now.plusSeconds(4);
    pass();
    assertThat(features.calls).isEmpty();
    now = now.plusSeconds(1);
    pass();
    assertThat(features.calls).containsExactly("install [kiban-backup]");
    now = now.plusSeconds(9);
    pass();
    assertThat(features.calls).hasSize(1);

    features.unresolvable.clear();
    now = now.plusSeconds(1);
    pass();
    assertThat(features.required).contains("kiban-backup");
    assertThat(convergence.failures()).isEmpty();
  }

  @Test
  void a_feature_whose_bundle_does_not_start_is_started_again_not_reinstalled() throws IOException {
    features.unstartable.add("kiban-backup");
    given("332020", "backup");
    pass();
    assertThat(convergence.failures()).containsOnlyKeys("backup");
    forgetCalls();

    features.unstartable.clear();
    now = now.plusSeconds(5);
    pass();

    assertThat(features.calls).containsExactly("start kiban-backup");
    assertThat(convergence.failures()).isEmpty();
  }

  @Test
  void a_failure_is_forgotten_when_nobody_wants_the_capability_any_more() throws IOException {
    features.unresolvable.add("kiban-backup");
    given("332020", "backup");
    pass();

    given("332020");
    pass();

    assertThat(convergence.failures()).isEmpty();
    given("332020", "backup");
    features.unresolvable.clear();
    pass();
    assertThat(features.required).containsExactly("kiban-backup");
  }

  @Test
  void an_installation_cut_off_by_a_crash_is_done_again_and_can_be_undone() throws IOException {
    Files.createDirectories(directory.resolve("var/node/node"));
    Files.writeString(directory.resolve("var/node/node/features.json"), "[\"backup\"]");
    features.required.add("kiban-backup");
    restart();

    pass();

    assertThat(features.calls).containsExactly("uninstall kiban-backup");
  }

  @Test
  void a_configuration_that_cannot_be_stored_does_not_stop_the_others() throws IOException {
    configurations.broken = "org.kiban.backup~332020";
    given("332020", "backup", "exchange");

    pass();

    assertThat(configurations.there).containsOnlyKeys("org.kiban.exchange~332020");
    assertThat(convergence.failures()).containsOnlyKeys("org.kiban.backup~332020");
    configurations.broken = "";
    now = now.plusSeconds(5);
    pass();
    assertThat(convergence.failures()).isEmpty();
  }

  private void restart() throws IOException {
    FixedPaths paths = new FixedPaths(directory, directory.resolve("etc"));
    registry = new Registry(paths, files, features);
    Owned owned = new Owned(paths.nodeDirectory("node").resolve("features.json"), files);
    convergence = new Convergence(configurations, features, owned, () -> now);
  }

  private void pass() throws IOException {
    registry.scan();
    convergence.run(registry.scan());
  }

  private void forgetCalls() {
    features.calls.clear();
    configurations.calls.clear();
  }

  private void given(String code, String... capabilities) throws IOException {
    String list = capabilities.length == 0 ? "" : '"' + String.join("\",\"", capabilities) + '"';
    Files.writeString(
        directory.resolve("etc/org.kiban.municipality~" + code + ".cfg.json"),
        """
        {"code": "%s", "name": "試験市", "site": "dr", "environment": "verification",
         "capabilities": [%s]}
        """
            .formatted(code, list));
  }

  private static final class FakeConfigurations implements Configurations {
    private final Map<String, Map<String, Object>> there = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private String broken = "";

    @Override
    public Map<String, Map<String, Object>> managed() {
      return new TreeMap<>(there);
    }

    @Override
    public void put(String pid, Map<String, Object> values) throws IOException {
      if (pid.equals(broken)) {
        throw new IOException("No space left on device");
      }
      calls.add("put " + pid);
      there.put(pid, values);
    }

    @Override
    public void delete(String pid) {
      calls.add("delete " + pid);
      there.remove(pid);
    }
  }
}
