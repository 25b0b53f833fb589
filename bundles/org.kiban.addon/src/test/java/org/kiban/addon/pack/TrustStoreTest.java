package org.kiban.addon.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.core.KibanException;

/** Trust files and revocation lists, right and wrong. */
class TrustStoreTest {

  @TempDir private Path trust;
  private final KeyPair keys = Forge.newKeys();
  private final KeyPair others = Forge.newKeys();

  private void trust(String file, KeyPair whose, String more) throws IOException {
    Files.writeString(trust.resolve(file), Forge.trust(whose, more));
  }

  private static byte[] list(KeyPair issuer, String... lines) {
    return RevocationList.sign(List.of(lines), issuer.getPrivate(), issuer.getPublic());
  }

  private Verifier verifier() {
    return new Verifier(
        TrustStore.read(trust),
        api -> Optional.of(AddonVersion.parse("0.1.0")),
        VerifierTest.NOVEMBER,
        Limits.DEFAULT);
  }

  private Path kar() throws IOException {
    return Files.write(trust.resolveSibling("x.kar"), new Forge(keys).build());
  }

  @Test
  void nobodyIsTrustedWithoutATrustStore() throws IOException {
    TrustStore none = TrustStore.read(trust.resolve("none"));

    assertThat(none.keys()).isEmpty();
    assertThatThrownBy(() -> verifier().verify(kar())).hasMessageStartingWith("KBN-ADDON-018");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key-id: |key-id: 0|key-id",
        "public-key: |public-key: AAAA|public-key",
        "vendor: 株式会社例|vendor: [a]|vendor",
        "jp.example|org.kiban|prefixes",
        "jp.example|org.apache.camel|prefixes",
        "jp.example|org|prefixes",
        "jp.example|com|prefixes",
        "jp.example|jp|prefixes",
        "jp.example|JP.Example|prefixes",
        "jp.example|jp.example.*|prefixes",
        "2026-04-01|2026-13-01|valid-from",
        "2028-03-31|2026-03-31|valid-until",
        "valid-until|valid-to|valid-until",
        "vendor:|shell: yes\\nvendor:|shell",
        "vendor:|authority: maybe\\nvendor:|authority",
        "vendor:|grants: {ports: [all]}\\nvendor:|ports",
        "vendor:|grants: {pids: ['*.x']}\\nvendor:|pids",
      })
  void aWrongTrustFileTrustsNobodyAndSaysWhere(String from, String to, String field)
      throws IOException {
    String text = Forge.trust(keys, "").replace(from, to.replace("\\n", "\n"));
    Files.writeString(trust.resolve("a.yaml"), text);
    trust("b.yaml", others, "");

    TrustStore store = TrustStore.read(trust);

    assertThat(store.keys()).extracting(k -> k.signer().keyId()).containsExactly(id(others));
    assertThat(store.problems())
        .singleElement()
        .satisfies(
            p ->
                assertThat(p.getMessage())
                    .startsWith("KBN-ADDON-039")
                    .contains("a.yaml")
                    .contains(field));
  }

  private static String id(KeyPair keys) {
    return Seal.keyId(keys.getPublic());
  }

  @Test
  void aKeyOfAnotherKindIsRefused() throws Exception {
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    Files.writeString(
        trust.resolve("a.yaml"),
        Forge.trust(keys, "")
            .replaceFirst(
                "public-key: .*",
                "public-key: " + Base64.getEncoder().encodeToString(rsa.getPublic().getEncoded())));

    assertThat(TrustStore.read(trust).keys()).isEmpty();
  }

  @Test
  void aSecondFileOfTheSameKeyIsRefused() throws IOException {
    trust("a.yaml", keys, "");
    trust("b.yaml", keys, "authority: true");

    TrustStore store = TrustStore.read(trust);

    assertThat(store.keys()).singleElement().matches(k -> !k.authority());
    assertThat(store.problems()).hasSize(1);
  }

  @Test
  void aVendorRevokesItsOwnAndNobodyElses() throws IOException {
    trust("a.yaml", keys, "grants: {ports: [9410]}");
    trust("b.yaml", others, "");
    Files.write(trust.resolve("b.revoked"), list(others, "number 1", "key " + id(keys)));
    assertThat(verifier().verify(kar()).signer().keyId()).isEqualTo(id(keys));

    Files.write(trust.resolve("a.revoked"), list(keys, "number 1", "key " + id(keys)));
    assertThatThrownBy(() -> verifier().verify(kar())).hasMessageStartingWith("KBN-ADDON-020");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "number 1|number 2",
        "kiban-revocations 1|kiban-addon 1",
        "ed25519|none",
        "ed25519 0|ed25519 0",
      })
  void aDamagedListStopsEverything(String from, String to) throws IOException {
    trust("a.yaml", keys, "grants: {ports: [9410]}");
    String text = new String(list(keys, "number 1"), StandardCharsets.UTF_8);
    String wrong = from.equals(to) ? text.strip() : text.replace(from, to);
    Files.writeString(trust.resolve("a.revoked"), wrong);

    assertThat(TrustStore.read(trust).problems()).hasSize(1);
    assertThatThrownBy(() -> verifier().verify(kar())).hasMessageStartingWith("KBN-ADDON-040");
  }

  @Test
  void aListOfAnUnknownKeyAndUnknownLinesAreRefused() {
    TrustStore store = TrustStore.read(trust);
    assertThatThrownBy(() -> store.place("x.revoked", list(keys, "number 1")))
        .hasMessageContaining("unknown key");
    assertThatThrownBy(
            () ->
                RevocationList.parse(
                    "x",
                    list(keys, "number 1", "vendor all"),
                    id -> Optional.of(TrustedKey.parse("y", trustFile()))))
        .hasMessageContaining("line 3");
    assertThatThrownBy(
            () ->
                RevocationList.parse(
                    "x",
                    list(keys, "key " + id(keys)),
                    id -> Optional.of(TrustedKey.parse("y", trustFile()))))
        .hasMessageContaining("number");
  }

  private byte[] trustFile() {
    return HostilePackagesTest.text(Forge.trust(keys, ""));
  }

  @Test
  void whatComesOnAMediumFindsItsPlace() throws IOException {
    TrustStore empty = TrustStore.read(trust);
    assertThat(empty.place("例.yaml", trustFile())).isEqualTo(id(keys) + ".yaml");

    trust("example.yaml", keys, "");
    Files.write(trust.resolve(id(keys) + ".revoked"), list(keys, "number 7"));
    TrustStore store = TrustStore.read(trust);

    assertThat(store.place("renewed.yaml", trustFile())).isEqualTo("example.yaml");
    assertThat(store.place("x.revoked", list(keys, "number 8"))).isEqualTo(id(keys) + ".revoked");
    for (String number : List.of("number 7", "number 6")) {
      assertThatThrownBy(() -> store.place("x.revoked", list(keys, number)))
          .isInstanceOf(KibanException.class)
          .hasMessageStartingWith("KBN-ADDON-041");
    }
  }
}
