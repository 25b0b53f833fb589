package org.kiban.update.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.update.UpdateCode;

/** How keys and thresholds change, and what comes back after they did. */
class RotationTest extends Conformance {

  private final List<KeyPair> keys = Stream.generate(Repository::key).limit(10).toList();

  private List<KeyPair> keys(String digits) {
    return Arrays.stream(digits.split("")).map(d -> keys.get(Integer.parseInt(d))).toList();
  }

  /** Publishes the next root, of which these keys count and with which these signed. */
  private void root(String counting, int threshold, String signing) {
    repository.sign("root", threshold, keys(counting));
    ObjectNode role = (ObjectNode) repository.root().path("roles").path("root");
    assertThat(role.path("keyids")).hasSize(counting.length());
    repository.signedBy("root", keys(signing).toArray(KeyPair[]::new));
    repository.version("root", repository.version("root") + 1);
    repository.write(
        repository.version("root") + ".root.json",
        repository.envelope("root", repository.signers("root")));
  }

  /** Each root: the keys that count, how many must sign, who signed. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "1-of-1-key-rotation, 1/1/1 2/1/21 2/1/2, true",
    "unused-signatures, 1/1/314 2/1/3214 2/1/324, true",
    "3-of-5-key-combos, 01234/3/024 01234/3/041 01234/3/013 01234/3/013, true",
    "3-of-5-one-key-rotated, 01234/3/024 01345/3/041, true",
    "3-of-5-intermediate-step, 01234/3/024 01345/3/0245 01345/3/045, true",
    "3-of-5-all-keys-rotated, 01234/3/024 56789/3/024567 56789/3/567, true",
    "threshold-1-to-2-of-3, 123/1/1 123/2/12, true",
    "threshold-2-to-1-of-3, 123/2/12 123/1/12 123/1/1, true",
    "1-of-2-to-2-of-2, 1/1/1 12/2/12, true",
    "not-signed-with-old-key, 1/1/1 2/1/234, false",
    "not-signed-with-new-key, 1/1/1 2/1/134, false",
    "not-signed-with-3-new-keys, 01234/3/024 01345/3/024, false",
    "not-signed-with-3-old-keys, 01234/3/024 01345/3/045, false",
    "new-threshold-not-reached, 123/1/1 123/2/2, false",
    "old-threshold-not-reached, 123/2/12 123/1/1, false"
  })
  void rootsFollowOneAnotherOnlyIfBothAgree(String name, String roots, boolean agreed)
      throws IOException {
    String[] each = roots.split(" ");
    for (int i = 0; i < each.length; i++) {
      String[] part = each[i].split("/");
      KeyPair first = repository.signers("root").get(0);
      root(part[0], Integer.parseInt(part[1]), part[2]);
      if (i == 0) {
        // From the repository's own first root to that of the case.
        List<KeyPair> both = new ArrayList<>(repository.signers("root"));
        both.add(first);
        repository.write("2.root.json", repository.envelope("root", both));
      }
    }

    if (agreed) {
      assertThat(accepted().rootVersion()).isEqualTo(each.length + 1);
    } else {
      refused(UpdateCode.TOO_FEW_SIGNED);
      assertThat(Metadata.parse("root.json", kept("root.json"), "root").version())
          .isEqualTo(each.length);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "1-of-1-key-rotation, 2, 1, 2, true",
    "unused-signatures, 1, 1, 314, true",
    "not-signed-with-new-key, 2, 1, 134, false",
    "not-signed-with-3-expected-keys, 01345, 3, 024, false",
    "threshold-not-reached, 01345, 3, 04, false",
    "first-combo, 01234, 3, 024, true",
    "second-combo, 01234, 3, 041, true",
    "third-combo, 01234, 3, 013, true",
    "fourth-combo, 01234, 3, 123, true",
    "fifth-combo, 01234, 3, 234, true"
  })
  void theOtherRolesFollowTheNewestRoot(
      String name, String counting, int threshold, String signing, boolean agreed)
      throws IOException {
    for (String role : List.of("timestamp", "snapshot", "targets")) {
      givenARepositoryOfItsOwn(role);
      repository.sign(role, threshold, keys(counting)).rotate();
      repository.signedBy(role, keys(signing).toArray(KeyPair[]::new)).next().publish();
      if (agreed) {
        accepted();
      } else {
        refused(UpdateCode.TOO_FEW_SIGNED);
      }
    }
  }

  private void givenARepositoryOfItsOwn(String name) throws IOException {
    repository = new Repository(folder.resolve("repository-" + name), NOW);
    state = Files.createDirectories(folder.resolve("state-" + name));
    other =
        new Other(
            repository.folder(),
            folder.resolve("other-" + name),
            Files.write(folder.resolve(name + ".root.json"), repository.anchor()));
  }

  // --- after an attacker who had keys: versions may begin anew

  @Test
  void targetsRecoverFromAFastForwardByANewKeyOfTheSnapshot() {
    repository.version("targets", 99).next().publish();
    accepted();
    repository.sign("snapshot", 1, List.of(Repository.key())).rotate();
    repository.version("targets", 1).next().publish();

    assertThat(accepted().timestampVersion()).isEqualTo(3);
  }

  @Test
  void theTimestampRecoversFromAFastForwardByANewKeyOfItsOwn() {
    repository.version("timestamp", 100).publish();
    accepted();
    repository.sign("timestamp", 1, List.of(Repository.key())).rotate();
    repository.version("timestamp", 1).publish();

    assertThat(accepted().timestampVersion()).isEqualTo(1);
  }

  // --- the same version with another content, and the first root

  @Test
  void aTimestampOfTheSameVersionWithAnotherContentIsNotTaken() throws IOException {
    accepted();
    byte[] before = kept("timestamp.json");
    repository.meta("timestamp", "snapshot.json").put("version", 100);
    repository.publish();

    client().update(repository.folder(), NOW);

    assertThat(kept("timestamp.json")).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"version\" : 1,', '', NOT_METADATA",
    "'\"sig\" : \"', '\"sig\" : \"00', TOO_FEW_SIGNED"
  })
  void aFirstRootThatIsNotOneIsRefusedBeforeAnythingIsRead(String what, String by, UpdateCode code)
      throws IOException {
    String anchor = new String(repository.anchor(), StandardCharsets.UTF_8);
    String wrong = anchor.replaceFirst(what, by);
    assertThat(wrong).isNotEqualTo(anchor);
    TufClient client =
        new TufClient(state, new DurableFilesComponent(), wrong.getBytes(StandardCharsets.UTF_8));

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> client.update(folder.resolve("nothing"), NOW))
        .isInstanceOfSatisfying(
            org.kiban.core.KibanException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
