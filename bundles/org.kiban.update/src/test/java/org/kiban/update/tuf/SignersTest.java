package org.kiban.update.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.update.UpdateCode;

/** Whose signatures count. */
class SignersTest extends Conformance {
  // --- keys and thresholds

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "snapshot", "targets"})
  void aRoleThatNobodyOrAStrangerSignedIsRefused(String role) {
    repository.next().signedBy(role).publish();
    refused(UpdateCode.TOO_FEW_SIGNED);

    repository.signedBy(role, Repository.key()).publish();
    refused(UpdateCode.TOO_FEW_SIGNED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "timestamp", "snapshot", "targets"})
  void aRoleMustReachItsThreshold(String role) {
    KeyPair old = repository.signers("root").get(0);
    KeyPair a = Repository.key();
    KeyPair b = Repository.key();
    repository.sign(role, 2, List.of(a, b)).rotate(old);
    repository.next().publish();
    if (role.equals("root")) {
      repository.rotate();
      assertThat(accepted().rootVersion()).isEqualTo(3);
      repository.signedBy(role, a).rotate();
    } else {
      accepted();
      repository.signedBy(role, a).next().publish();
    }

    refused(UpdateCode.TOO_FEW_SIGNED);
  }

  @Test
  void oneKeySigningTwiceCountsOnce() {
    KeyPair a = Repository.key();
    repository.sign("timestamp", 2, List.of(a, Repository.key())).rotate();
    repository.next().signedBy("timestamp", a, a).publish();

    refused(UpdateCode.TOO_FEW_SIGNED);
  }

  @Test
  void oneKeyUnderTwoNamesCountsOnce() {
    KeyPair a = Repository.key();
    repository.sign("timestamp", 2, List.of(a));
    ((ObjectNode) repository.root().path("keys"))
        .set("ab".repeat(32), TufKey.of(a.getPublic()).toJson());
    ((com.fasterxml.jackson.databind.node.ArrayNode)
            repository.root().path("roles").path("timestamp").path("keyids"))
        .add("ab".repeat(32));
    repository.rotate();
    byte[] twice = repository.next().envelope("timestamp", List.of(a, a));
    String text = new String(twice, StandardCharsets.UTF_8);
    int second = text.lastIndexOf(TufKey.of(a.getPublic()).id());
    repository.publish();
    repository.write(
        "timestamp.json",
        bytes(text.substring(0, second) + "ab".repeat(32) + text.substring(second + 64)));

    // The other client takes a key's name for the key.
    refusedByOurs(UpdateCode.TOO_FEW_SIGNED, NOW);
  }

  @Test
  void aKeyOfAnUnknownKindDoesNotCountAndHarmsNobody() {
    ObjectNode key = ((ObjectNode) repository.root().path("keys")).putObject("cd".repeat(32));
    key.put("keytype", "lattice").put("scheme", "lattice-1").putObject("keyval").put("public", "x");
    repository.rotate();

    assertThat(accepted().rootVersion()).isEqualTo(2);
  }

  @Test
  void everyKeyCanBeReplaced() {
    accepted();
    KeyPair old = repository.signers("root").get(0);
    Repository.ROLES.forEach(role -> repository.sign(role, 1, List.of(Repository.key())));
    repository.rotate(old).next().publish();
    repository.write(
        "2.root.json",
        repository.envelope("root", List.of(old, repository.signers("root").get(0))));

    assertThat(accepted().rootVersion()).isEqualTo(2);
  }

  @Test
  void aRootThatItsPredecessorDidNotSignIsRefused() {
    repository.sign("root", 1, List.of(Repository.key())).rotate();

    refused(UpdateCode.TOO_FEW_SIGNED);
  }

  @Test
  void aRootThatItsOwnSignersDidNotSignIsRefused() {
    KeyPair old = repository.signers("root").get(0);
    repository.sign("root", 1, List.of(Repository.key())).signedBy("root", old).rotate();

    refused(UpdateCode.TOO_FEW_SIGNED);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3})
  void aRootOfAnotherVersionThanItsNameIsRefused(long version) {
    repository.version("root", version);
    repository.write("2.root.json", repository.envelope("root", repository.signers("root")));

    refused(UpdateCode.MIXED);
  }

  @Test
  void afterTheirKeysWereReplacedRolesMayBeginAnew() {
    repository.version("timestamp", 100).version("snapshot", 100);
    repository.meta("timestamp", "snapshot.json").put("version", 100);
    repository.publish();
    accepted();
    repository.sign("timestamp", 1, List.of(Repository.key()));
    repository.sign("snapshot", 1, List.of(Repository.key()));
    repository.rotate().version("timestamp", 1).version("snapshot", 1);
    repository.meta("timestamp", "snapshot.json").put("version", 1);
    repository.publish();
    repository.write("2.root.json", repository.envelope("root", repository.signers("root")));

    assertThat(accepted().timestampVersion()).isEqualTo(1);
  }

  @Test
  void aLongChainOfRootsIsFollowed() {
    for (int i = 0; i < 20; i++) {
      KeyPair old = repository.signers("root").get(0);
      repository.sign("root", 1, List.of(Repository.key())).rotate(old);
    }

    assertThat(accepted().rootVersion()).isEqualTo(21);
  }
}
