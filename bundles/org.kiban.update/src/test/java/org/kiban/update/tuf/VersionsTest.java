package org.kiban.update.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.update.UpdateCode;

/** Which state of a repository is taken: never an older, an expired or a mixed one. */
class VersionsTest extends Conformance {
  // --- the ordinary course

  @Test
  void aRepositoryIsFollowedFromTheAnchorOn() {
    repository.add("a/b.kar", bytes("one"), null).next().publish();

    TufClient.Trusted trusted = accepted();

    assertThat(trusted.timestampVersion()).isEqualTo(2);
    assertThat(trusted.targets()).extracting(Target::path).containsExactly("a/b.kar");
    assertThat(client().known()).contains(trusted);
  }

  @Test
  void theSameStateTwiceIsAccepted() {
    accepted();
    accepted();
  }

  @Test
  void aRepositoryWithoutConsistentSnapshotsIsFollowed() throws IOException {
    repository.root().put("consistent_snapshot", false);
    repository.rotate();
    for (String role : List.of("snapshot", "targets")) {
      repository.write(role + ".json", repository.envelope(role, repository.signers(role)));
      Files.delete(repository.folder().resolve("metadata/1." + role + ".json"));
    }

    assertThat(client().update(repository.folder(), NOW).consistent()).isFalse();
  }

  // --- rollback

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "snapshot", "targets"})
  void noRoleGoesBack(String role) throws IOException {
    repository.next().publish();
    accepted();
    byte[] kept = kept("timestamp.json");
    repository.version(role, 1);
    if (!role.equals("timestamp")) {
      repository.version("timestamp", 3);
      repository.meta("timestamp", "snapshot.json").put("version", role.equals("snapshot") ? 1 : 3);
      repository.version("snapshot", role.equals("snapshot") ? 1 : 3);
    }
    repository.meta("snapshot", "targets.json").put("version", role.equals("targets") ? 1 : 2);
    repository.publish();

    refusedByOurs(UpdateCode.OLDER, NOW);

    if (role.equals("targets")) {
      assertThat(other.update(NOW)).isNotEmpty();
    } else {
      // The other client does not compare the snapshot that an older timestamp promised.
      assertThat(kept("timestamp.json")).isEqualTo(kept);
    }
  }

  @Test
  void aFileThatTheSnapshotNoLongerNamesIsARollback() {
    accepted();
    repository.next();
    ((ObjectNode) repository.signed("snapshot").path("meta")).remove("targets.json");
    ((ObjectNode) repository.signed("snapshot").path("meta"))
        .putObject("others.json")
        .put("version", 1);
    repository.publish();

    refused(UpdateCode.NOT_METADATA);
  }

  // --- freeze

  @ParameterizedTest
  @ValueSource(strings = {"root", "timestamp", "snapshot", "targets"})
  void anExpiredRoleIsRefused(String role) {
    repository.expires(role, NOW.minusSeconds(1)).rotate().next().publish();

    refused(UpdateCode.EXPIRED);
  }

  @Test
  void aRoleExpiresAtItsVerySecond() {
    refusedByOurs(UpdateCode.EXPIRED, NOW.plus(1, ChronoUnit.DAYS));
    assertThat(accepted(NOW.plus(1, ChronoUnit.DAYS).minusSeconds(1)).timestampVersion())
        .isEqualTo(1);
  }

  @Test
  void anExpiredRootInTheMiddleOfTheChainIsPassed() {
    repository.expires("root", NOW.minusSeconds(1)).rotate();
    repository.expires("root", NOW.plusSeconds(60)).rotate();

    assertThat(accepted().rootVersion()).isEqualTo(3);
  }

  @Test
  void whatWasKeptMayHaveExpiredAndStillKeepsFromGoingBack() {
    repository.next().publish();
    accepted();
    Instant later = NOW.plus(2, ChronoUnit.DAYS);
    Repository.ROLES.forEach(role -> repository.expires(role, later.plusSeconds(60)));
    repository.version("timestamp", 1).rotate().publish();

    refusedByOurs(UpdateCode.OLDER, later);
    assertThat(other.update(later)).isNotEmpty();
  }

  // --- mix and match

  @Test
  void aSnapshotOfAnotherStateIsRefused() {
    repository.next().publish();
    repository.version("snapshot", 7);
    repository.write(
        "2.snapshot.json", repository.envelope("snapshot", repository.signers("snapshot")));

    refused(UpdateCode.MIXED);
  }

  @Test
  void targetsOfAnotherStateAreRefused() {
    repository.next().publish();
    repository.version("targets", 1);
    repository.write(
        "2.targets.json", repository.envelope("targets", repository.signers("targets")));

    refused(UpdateCode.MIXED);
  }

  @Test
  void aHashThatTheTimestampOrTheSnapshotGivesMustHold() {
    repository.next();
    repository.meta("snapshot", "targets.json").putObject("hashes").put("sha256", "00".repeat(32));
    repository.publish();

    refused(UpdateCode.WRONG_HASH);

    ((ObjectNode) repository.signed("snapshot").path("meta").path("targets.json")).remove("hashes");
    repository.next();
    repository
        .meta("timestamp", "snapshot.json")
        .putObject("hashes")
        .put("sha512", "00".repeat(64));
    repository.publish();

    refused(UpdateCode.WRONG_HASH);
  }
}
