package org.kiban.node.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.NodeState.Difference;
import org.kiban.core.NodeState.Fact;
import org.kiban.core.NodeState.Kind;
import org.kiban.core.NodeState.Snapshot;
import org.kiban.node.PlainFiles;

class StateKeeperTest {

  private static final String BUNDLE = "org.kiban.tea/1.0.0";

  @TempDir private Path folder;

  private final Map<String, String> bundles = new TreeMap<>();
  private final Map<String, String> files = new TreeMap<>();
  private final Facts facts =
      new Facts() {
        @Override
        public Snapshot gather() {
          List<Fact> all = new java.util.ArrayList<>();
          bundles.forEach((n, v) -> all.add(new Fact(Kind.BUNDLE, n, v, false)));
          files.forEach((n, v) -> all.add(new Fact(Kind.FILE, n, v, n.startsWith("etc/"))));
          return Snapshot.of(all);
        }

        @Override
        public Optional<String> name(Path file) {
          return file.startsWith("etc") ? Optional.of(file.toString()) : Optional.empty();
        }
      };
  private StateKeeper keeper;

  @BeforeEach
  void givenANodeWhoseStateWasNoted() throws IOException {
    bundles.put(BUNDLE, "running");
    files.put("etc/a.json", "1");
    keeper = keeper("1");
    keeper.look();
    keeper.look();
  }

  private StateKeeper keeper(String version) throws IOException {
    Baseline baseline = new Baseline(folder.resolve("state.json"), new PlainFiles(), version);
    return new StateKeeper(facts, baseline, () -> true);
  }

  @Test
  void anUpgradeThatIsNotKeptLeavesTheDesiredStateAsItWas() throws IOException {
    bundles.put(BUNDLE, "stopped");
    StateKeeper upgraded = keeper("2");
    upgraded.look();
    upgraded.look();
    assertThat(upgraded.differences()).isEmpty();

    assertThat(keeper("1").differences()).extracting(Difference::name).contains(BUNDLE);
  }

  @Test
  void nothingDiffersAtFirst() {
    assertThat(keeper.differences()).isEmpty();
    assertThat(keeper.reported()).isEmpty();
  }

  @Test
  void aBundleStoppedByHandIsReportedAfterTwoLooksAndUntilItRunsAgain() throws IOException {
    bundles.put(BUNDLE, "stopped");

    keeper.look();
    assertThat(keeper.reported()).as("perhaps only for a moment").isEmpty();
    keeper.look();

    Difference stopped = new Difference(Kind.BUNDLE, BUNDLE, "running", "stopped", false);
    assertThat(keeper.reported()).containsExactly(stopped);
    assertThat(keeper.differences()).containsExactly(stopped);

    bundles.put(BUNDLE, "running");
    keeper.look();
    assertThat(keeper.reported()).isEmpty();
  }

  @Test
  void addedEditedAndMissingFilesAreFound() {
    files.put("deploy/x.jar", "9");
    files.put("etc/a.json", "2");
    bundles.clear();

    assertThat(keeper.differences())
        .containsExactly(
            new Difference(Kind.BUNDLE, BUNDLE, "running", "", false),
            new Difference(Kind.FILE, "deploy/x.jar", "", "9", false),
            new Difference(Kind.FILE, "etc/a.json", "1", "2", true));
  }

  @Test
  void whatTheNodeChangesItselfIsDesiredAndWhatWasChangedByHandBeforeIsStillReported()
      throws Exception {
    bundles.put("by.hand/1", "running");

    keeper.change(() -> bundles.put("by.node/1", "running"));

    assertThat(keeper.differences()).extracting(Difference::name).containsExactly("by.hand/1");
  }

  @Test
  void aChangeThatFailsIsStillTheNodesOwn() {
    assertThatThrownBy(
            () ->
                keeper.change(
                    () -> {
                      bundles.put("by.node/1", "stopped");
                      throw new IOException("not today");
                    }))
        .hasMessage("not today");

    assertThat(keeper.differences()).isEmpty();
  }

  @Test
  void aFileThatTheNodeWritesIsDesiredAndOthersAreNot() {
    files.put("etc/a.json", "by node");
    files.put("etc/b.json", "by hand");

    keeper.written(Path.of("etc/a.json"));
    keeper.written(Path.of("elsewhere"));

    assertThat(keeper.differences()).extracting(Difference::name).containsExactly("etc/b.json");
  }

  @Test
  void whatAPartOfTheNodeVouchesForIsDesiredAndNothingElse() {
    bundles.put(BUNDLE, "stopped");
    bundles.put("an.addon/1", "running");

    keeper.vouch(d -> d.name().startsWith("an.addon"));

    assertThat(keeper.differences()).extracting(Difference::name).containsExactly(BUNDLE);
  }

  @Test
  void acceptedChangesAreDesiredFromThenOn() {
    bundles.put(BUNDLE, "stopped");

    assertThat(keeper.accept()).hasSize(1);

    assertThat(keeper.differences()).isEmpty();
  }

  @Test
  void theNextRunKnowsWhatWasDesired() throws IOException {
    bundles.put(BUNDLE, "stopped");

    assertThat(keeper("1").differences()).hasSize(1);
  }

  @Test
  void anotherVersionOfTheProgramBeginsAnew() throws IOException {
    StateKeeper after = keeper("2");
    bundles.put(BUNDLE, "running in another way");

    after.look();
    after.look();

    assertThat(after.differences()).isEmpty();
    assertThat(Files.readString(folder.resolve("state.json"))).contains("in another way");
  }

  @Test
  void theDigestFollowsTheFactsAndNotTheirOrder() {
    Fact a = new Fact(Kind.FILE, "a", "1", true);
    Fact b = new Fact(Kind.BUNDLE, "b", "1", false);

    assertThat(Snapshot.of(List.of(a, b)).digest())
        .isEqualTo(Snapshot.of(List.of(b, a)).digest())
        .isNotEqualTo(Snapshot.of(List.of(a)).digest())
        .isNotEqualTo(Snapshot.of(List.of(b, new Fact(Kind.FILE, "a", "2", true))).digest());
  }
}
