package org.kiban.update.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.KibanException;
import org.kiban.update.UpdateCode;

/** Roles to which the signers of targets entrust some of them. */
class DelegationTest extends Conformance {

  private Repository offer(String role, String path) {
    return repository.add(role, path, bytes(path + " by " + role), null);
  }

  private boolean alike = true;

  private TufClient.Trusted taken() throws IOException {
    repository.next().publish();
    TufClient.Trusted trusted = client().update(repository.folder(), NOW);
    if (alike && PeerJs.isPossible()) {
      PeerJs.requireSame(trusted, repository, folder, NOW);
    }
    return trusted;
  }

  /** Names of what is offered, each with who vouches for it. */
  private List<String> offered(TufClient.Trusted trusted) {
    return trusted.targets().stream().map(t -> t.path() + " by " + signer(t)).toList();
  }

  private String signer(Target target) {
    return List.of("targets", "A", "B", "C", "D").stream()
        .filter(r -> Repository.sha256(bytes(target.path() + " by " + r)).equals(target.sha256()))
        .findFirst()
        .orElseThrow();
  }

  private static void leftOut(TufClient.Trusted trusted, String role, UpdateCode code) {
    assertThat(trusted.problems()).containsOnlyKeys(role);
    assertThat(trusted.problems().get(role).code()).isEqualTo(code);
  }

  // --- which role speaks

  @Test
  void aVendorOffersWhatItWasEntrustedWithAndNothingElse() throws IOException {
    repository.delegate("targets", "A", "addon/jp.a.*");
    offer("A", "addon/jp.a.x-1.kar");
    offer("A", "addon/jp.b.x-1.kar");
    offer("A", "addon/jp.a.x/deep.kar");
    offer("targets", "addon/jp.b.y-1.kar");

    TufClient.Trusted trusted = taken();

    assertThat(offered(trusted))
        .containsExactly("addon/jp.a.x-1.kar by A", "addon/jp.b.y-1.kar by targets");
    assertThat(trusted.problems()).isEmpty();
    assertThat(client().known()).contains(trusted);
  }

  @Test
  void whoEntrustsSpeaksFirstAndThenTheOrderOfTheDelegations() throws IOException {
    repository.delegate("targets", "A", "*");
    repository.delegate("targets", "B", "*");
    repository.delegate("A", "C", "*");
    for (String role : List.of("targets", "A", "B", "C")) {
      offer(role, "of-all");
    }
    offer("B", "of-both");
    offer("C", "of-both");

    // Depth first: C, whom A entrusts, before B.
    assertThat(offered(taken())).containsExactly("of-all by targets", "of-both by C");
  }

  @Test
  void aTerminatingDelegationEndsTheSearchForWhatItCovers() throws IOException {
    repository.delegate("targets", "A", "*").put("terminating", true);
    repository.delegate("targets", "B", "*", "b/*");
    repository.delegate("A", "C", "*");
    offer("B", "x");
    offer("B", "b/x");
    offer("C", "y");

    assertThat(offered(taken())).containsExactly("b/x by B", "y by C");
  }

  @Test
  void aTerminatingDelegationFurtherDownAlsoHidesTheRolesBesideThoseAbove() throws IOException {
    repository.delegate("targets", "A", "*");
    repository.delegate("targets", "B", "*");
    repository.delegate("A", "C", "*").put("terminating", true);
    repository.delegate("A", "D", "*");
    offer("B", "x");
    offer("D", "y");
    offer("C", "z");

    assertThat(offered(taken())).containsExactly("z by C");
  }

  @Test
  void whatARoleMayNotSayItCannotEntrustToAnother() throws IOException {
    repository.delegate("targets", "A", "a/*");
    repository.delegate("A", "B", "*", "b/*", "a/*");
    offer("B", "b/x");
    offer("B", "x");
    offer("B", "a/x");

    assertThat(offered(taken())).containsExactly("a/x by B");
  }

  @Test
  void circlesEnd() throws IOException {
    repository.delegate("targets", "A", "*");
    repository.delegate("A", "B", "*");
    ObjectNode back = (ObjectNode) repository.targets().path("delegations").path("roles").get(0);
    repository.signed("B").withObject("/delegations").withArray("/roles").add(back.deepCopy());
    repository
        .signed("B")
        .withObject("/delegations")
        .set("keys", repository.targets().path("delegations").path("keys").deepCopy());
    offer("B", "x");

    assertThat(offered(taken())).containsExactly("x by B");
  }

  @ParameterizedTest
  @CsvSource({
    "*.kar, x.kar, true",
    "*.kar, a/x.kar, false",
    "a/*/*.kar, a/b/x.kar, true",
    "a/?, a/b, true",
    "a/?, a/bc, false",
    "a/*b*c, a/xbyycbc, true",
    "a/*b*c, a/xbyycb, false",
    "a.b, axb, false",
    "[ab], a, false",
    "a/**, a/b/c, false",
  })
  void patternsStopAtSlashesAndKnowNothingButStarsAndQuestionMarks(
      String pattern, String path, boolean covered) throws IOException {
    // tuf-js knows brackets too; whom nobody meant by them gets nothing here.
    alike = !pattern.contains("[");
    repository.delegate("targets", "A", pattern);
    offer("A", path);

    assertThat(offered(taken())).hasSize(covered ? 1 : 0);
  }

  @Test
  void hashesOfNamesCanSayWhatIsEntrusted() throws IOException {
    String hash = Repository.sha256(bytes("x"));
    ObjectNode matching = JsonNodeFactory.instance.objectNode();
    matching.putArray("path_hash_prefixes").add(hash.substring(0, 2));
    repository.delegate("targets", "A", 1, List.of(Repository.key()), matching);
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    none.putArray("path_hash_prefixes").add("").add("zz");
    repository.delegate("targets", "B", 1, List.of(Repository.key()), none);
    offer("A", "x");
    offer("B", "y");
    // tuf-js takes an empty prefix for all names.
    alike = false;

    assertThat(offered(taken())).containsExactly("x by A");
  }

  // --- a role that is not well costs what it offers, and nobody else's

  @Test
  void aVendorsThresholdMustBeReached() throws IOException {
    KeyPair one = Repository.key();
    ObjectNode matching = JsonNodeFactory.instance.objectNode();
    matching.putArray("paths").add("*");
    repository.delegate("targets", "A", 2, List.of(one, Repository.key()), matching);
    offer("A", "x");
    assertThat(offered(taken())).containsExactly("x by A");

    repository.signedBy("A", one, one);
    offer("targets", "y");
    TufClient.Trusted trusted = taken();

    leftOut(trusted, "A", UpdateCode.TOO_FEW_SIGNED);
    assertThat(offered(trusted)).containsExactly("y by targets");
    assertThat(client().known().orElseThrow().targets()).isEqualTo(trusted.targets());
  }

  @Test
  void anExpiredVendorIsLeftOutAndWhatItSignedEndsWithIt() throws IOException {
    repository.delegate("targets", "A", "*");
    Instant soon = NOW.plusSeconds(60);
    repository.expires("A", soon);
    offer("A", "x");
    TufClient.Trusted trusted = taken();
    assertThat(trusted.targets().get(0).expires()).isEqualTo(soon);

    assertThat(client().update(repository.folder(), NOW.plusSeconds(59)).targets()).hasSize(1);
    leftOut(client().update(repository.folder(), soon), "A", UpdateCode.EXPIRED);
  }

  @Test
  void whatAVendorWhoMayNotSaysOfAnotherDoesNotHarmIt() throws IOException {
    repository.delegate("targets", "A", "a/*");
    repository.delegate("targets", "B", "b/*");
    offer("B", "b/x");
    // A names B's role, with a key that never signed it.
    repository.delegate("A", "B", "*", "b/*");

    assertThat(offered(taken())).containsExactly("b/x by B");
  }

  @Test
  void aVendorDoesNotGoBack() throws IOException {
    repository.delegate("targets", "A", "*");
    repository.version("A", 2);
    repository.meta("snapshot", "A.json").put("version", 2);
    taken();
    repository.version("A", 1);
    repository.meta("snapshot", "A.json").put("version", 1);
    repository.next().publish();

    refusedByOurs(UpdateCode.OLDER, NOW);
  }

  @Test
  void aVendorThatTheSnapshotNoLongerNamesIsARollback() throws IOException {
    repository.delegate("targets", "A", "*");
    taken();
    ((ObjectNode) repository.signed("snapshot").path("meta")).remove("A.json");
    repository.next().publish();

    refusedByOurs(UpdateCode.NOT_METADATA, NOW);
  }

  @Test
  void aVendorOfAnotherStateOrHashOrLengthOrMissingIsLeftOut() throws IOException {
    repository.delegate("targets", "A", "*");
    repository.next().publish();
    repository.version("A", 7);
    repository.write("1.A.json", repository.envelope("A", repository.signers("A")));
    leftOut(client().update(repository.folder(), NOW), "A", UpdateCode.MIXED);
    repository.version("A", 1);
    repository.meta("snapshot", "A.json").putObject("hashes").put("sha256", "00".repeat(32));
    leftOut(taken(), "A", UpdateCode.WRONG_HASH);
    repository.meta("snapshot", "A.json").put("length", 10);
    leftOut(taken(), "A", UpdateCode.TOO_LONG);
    repository.next().publish();
    Files.delete(repository.folder().resolve("metadata/1.A.json"));

    leftOut(client().update(repository.folder(), NOW), "A", UpdateCode.MISSING);
  }

  @Test
  void aVendorsKeyCanBeReplaced() throws IOException {
    repository.delegate("targets", "A", "*");
    offer("A", "x");
    taken();
    ((ObjectNode) repository.targets().path("delegations")).putArray("roles");
    KeyPair next = Repository.key();
    ObjectNode matching = JsonNodeFactory.instance.objectNode();
    matching.putArray("paths").add("*");
    repository.delegate("targets", "A", 1, List.of(next), matching);

    leftOut(taken(), "A", UpdateCode.TOO_FEW_SIGNED);
    repository.signedBy("A", next);
    assertThat(offered(taken())).containsExactly("x by A");
  }

  // --- endless

  @Test
  void chainsThatAreTooDeepAndRolesThatAreTooManyAreCutOff() throws IOException {
    String before = "targets";
    for (int i = 1; i <= DelegatedRoles.DEEPEST + 1; i++) {
      repository.delegate(before, "r" + i, "*");
      before = "r" + i;
    }
    TufClient.Trusted trusted = taken();

    leftOut(trusted, "r" + (DelegatedRoles.DEEPEST + 1), UpdateCode.TOO_MANY_ROLES);
  }

  @Test
  void aVendorsManyRolesCostNobodyElseTheirs() throws IOException {
    repository.delegate("targets", "A", "a/*");
    repository.delegate("targets", "B", "b");
    for (int i = 0; i < 3; i++) {
      String next = "m" + i;
      repository.delegate("A", next, "*");
      IntStream.range(0, 60).forEach(k -> repository.delegate(next, next + "-" + k, "*"));
    }
    offer("B", "b");

    TufClient.Trusted trusted = taken();

    assertThat(offered(trusted)).containsExactly("b by B");
    assertThat(trusted.problems().values())
        .extracting(KibanException::code)
        .containsOnly(UpdateCode.TOO_MANY_ROLES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../a", "a/b", "", "root", "timestamp", "snapshot", "targets", ".a", "a b", "?"})
  void aRoleWhoseNameIsNoFileIsRefused(String name) {
    repository.delegate("targets", "A", "*").put("name", name);
    repository.next().publish();

    refusedByOurs(UpdateCode.NOT_METADATA, NOW);
  }

  @Test
  void aRoleWhoseNameIsTooLongIsRefused() {
    repository.delegate("targets", "A", "*").put("name", "a".repeat(101));
    repository.next().publish();

    refusedByOurs(UpdateCode.NOT_METADATA, NOW);
  }

  @Test
  void aDelegationWithPatternsAndHashesIsRefused() {
    repository.delegate("targets", "A", "*").putArray("path_hash_prefixes").add("00");
    repository.next().publish();

    refusedByOurs(UpdateCode.NOT_METADATA, NOW);
  }

  @Test
  void aVendorCannotMakeTheWholeRepositoryUnreadable() throws IOException {
    repository.delegate("targets", "A", "*").put("terminating", false);
    repository.delegate("A", "B", "*").put("name", "../b");
    offer("targets", "x");

    TufClient.Trusted trusted = taken();

    leftOut(trusted, "A", UpdateCode.NOT_METADATA);
    assertThat(offered(trusted)).containsExactly("x by targets");
  }
}
