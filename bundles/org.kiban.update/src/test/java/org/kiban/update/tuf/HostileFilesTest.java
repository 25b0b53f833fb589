package org.kiban.update.tuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.KibanException;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.update.UpdateCode;

/** What is too long or malformed, and what is kept when something is refused. */
class HostileFilesTest extends Conformance {
  // --- endless data

  @ParameterizedTest
  @ValueSource(strings = {"timestamp.json", "2.root.json"})
  void whatDoesNotEndIsCutOff(String name) {
    repository.write(name, new byte[1_000_000]);

    refused(UpdateCode.TOO_LONG);
  }

  @Test
  void aLengthThatIsPromisedIsTheLimit() {
    repository.next();
    repository.meta("timestamp", "snapshot.json").put("length", 10);
    repository.publish();

    refused(UpdateCode.TOO_LONG);
  }

  @Test
  void aTargetIsCutOffAtItsLength() throws IOException {
    repository.add("x.kar", bytes("four"), null).next().publish();
    TufClient.Trusted trusted = accepted();
    Target target = trusted.targets().get(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TufClient.fetch(repository.folder(), true, target, out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("four");

    Path file = repository.folder().resolve("targets/" + target.sha256() + ".x.kar");
    for (String wrong : List.of("fourandmore", "fou", "five")) {
      Files.writeString(file, wrong);
      ByteArrayOutputStream bounded = new ByteArrayOutputStream();
      assertThatThrownBy(() -> TufClient.fetch(repository.folder(), true, target, bounded))
          .isInstanceOf(KibanException.class);
      assertThat(bounded.size()).isLessThanOrEqualTo(4);
    }
  }

  // --- malformed

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"signed\": {}}",
        "{\"signed\": {}, \"signatures\": []} x",
        "{\"signed\": {\"_type\": \"timestamp\", \"_type\": \"root\"}, \"signatures\": []}"
      })
  void whatIsNoMetadataIsRefused(String text) {
    repository.write("timestamp.json", bytes(text));

    refused(UpdateCode.NOT_METADATA);
  }

  @Test
  void aRoleInAnothersPlaceIsRefused() {
    repository.write(
        "timestamp.json", repository.envelope("snapshot", repository.signers("timestamp")));

    refused(UpdateCode.NOT_METADATA);
  }

  @Test
  void anotherSpecificationIsRefused() {
    repository.next().signed("timestamp").put("spec_version", "2.0.0");
    repository.publish();

    // The other client does not look at it.
    refusedByOurs(UpdateCode.NOT_METADATA, NOW);
  }

  @Test
  void aThresholdBelowOneIsRefused() {
    repository.sign("timestamp", 0, List.of(Repository.key())).signedBy("timestamp").rotate();
    repository.next().publish();

    // The other client would take it.
    refusedByOurs(UpdateCode.NOT_METADATA, NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp.json", "2.snapshot.json", "2.targets.json"})
  void aFileThatIsMissingIsNamed(String name) throws IOException {
    repository.next().publish();
    Files.delete(repository.folder().resolve("metadata").resolve(name));

    refused(UpdateCode.MISSING);
  }

  @Test
  void fieldsThatNobodyKnowsAreSignedToo() {
    repository.next().signed("timestamp").putObject("x-会議").put("\"\\ é 髙 \uD842\uDFB7", 1);
    repository.publish();

    accepted();
  }

  @Test
  void ofATextOnlyQuotationMarksAndBackslashesAreEscaped() {
    repository.next().signed("timestamp").put("x", "a\n\u0001\t/");
    repository.publish();

    // The other client writes another canonical form: that of RFC 8785.
    client().update(repository.folder(), NOW);
  }

  @Test
  void aTargetCannotLeadOutOfTheRepository() throws IOException {
    Files.writeString(folder.resolve("secret"), "four");
    Target target =
        new Target("../../secret", 4, Repository.sha256(bytes("four")), repository.root(), NOW);

    assertThatThrownBy(
            () -> TufClient.fetch(repository.folder(), false, target, new ByteArrayOutputStream()))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(UpdateCode.MISSING));
  }

  // --- what is kept

  @Test
  void anotherAnchorBeginsAnew() {
    repository.next().publish();
    accepted();
    Repository rebuilt = new Repository(folder.resolve("rebuilt"), NOW);
    TufClient anew = new TufClient(state, new DurableFilesComponent(), rebuilt.anchor());

    assertThat(anew.update(rebuilt.folder(), NOW).timestampVersion()).isEqualTo(1);
  }

  @Test
  void aRefusedStateLeavesTheTrustedOne() {
    repository.add("x.kar", bytes("four"), null).next().publish();
    TufClient.Trusted before = accepted();
    repository.next().signedBy("targets", Repository.key()).publish();
    refused(UpdateCode.TOO_FEW_SIGNED);

    assertThat(client().known().orElseThrow().targets()).isEqualTo(before.targets());
  }
}
