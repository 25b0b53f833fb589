package org.kiban.addon.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;

/** What a right package gives, and succession. Wrong ones: {@code HostilePackagesTest}. */
class VerifierTest {

  static final Clock NOVEMBER = Clock.fixed(Instant.parse("2026-11-23T00:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private final KeyPair keys = Forge.newKeys();

  @BeforeEach
  void givenATrustedVendor() throws IOException {
    Files.createDirectories(folder.resolve("trust"));
    Files.writeString(
        folder.resolve("trust/example.yaml"),
        Forge.trust(keys, "grants: {ports: [9400-9499], addresses: [probe.*]}"));
  }

  private Verifier verifier() {
    return new Verifier(
        TrustStore.read(folder.resolve("trust")),
        api -> Optional.ofNullable(Map.of("org.kiban.core", AddonVersion.parse("0.1.0")).get(api)),
        NOVEMBER,
        Limits.DEFAULT);
  }

  private Path kar(Forge forge) throws IOException {
    return Files.write(folder.resolve("probe.kar"), forge.build());
  }

  @Test
  void aRightPackageIsVerified() throws IOException {
    Verified verified = verifier().verify(kar(new Forge(keys)));

    assertThat(verified.manifest().id()).isEqualTo("jp.example.probe");
    assertThat(verified.manifest().version()).hasToString("1.0.0");
    assertThat(verified.manifest().nameJa()).isEqualTo("監視プローブ");
    assertThat(verified.manifest().permissions().ports()).containsExactly("9410");
    assertThat(verified.signer().vendor()).isEqualTo("株式会社例");
    assertThat(verified.features()).containsExactly("scr");
    assertThat(verified.bundles())
        .singleElement()
        .satisfies(
            b -> {
              assertThat(b.symbolicName()).isEqualTo("jp.example.probe");
              assertThat(b.startLevel()).isEqualTo(91);
              assertThat(b.fragment()).isFalse();
            });
    assertThat(verified.entries()).hasSize(5);
  }

  @Test
  void messagingIsForWhoDeclaresAnAddress() throws IOException {
    Forge forge = new Forge(keys);
    forge.headers.put("Import-Package", "jakarta.jms");
    forge.permissions = "permissions: {addresses: [probe.out]}\n";

    assertThat(verifier().verify(kar(forge)).manifest().permissions().addresses())
        .containsExactly("probe.out");

    forge.permissions = "";
    Path undeclared = kar(forge);
    assertThatThrownBy(() -> verifier().verify(undeclared))
        .hasMessageStartingWith("KBN-ADDON-034")
        .hasMessageContaining("jakarta.jms");
  }

  @Test
  void theBundlesComeOutAsTheyWereSigned() throws IOException {
    Forge forge = new Forge(keys);
    Verified verified = verifier().verify(kar(forge));
    Path out = Files.createDirectory(folder.resolve("out"));

    verifier().unpack(verified, out);

    assertThat(out.resolve("jp.example.probe.jar")).hasBinaryContent(forge.signed().get(Forge.JAR));
  }

  @Test
  void aFileThatWasExchangedAfterItWasVerifiedIsNotUnpacked() throws IOException {
    Verified verified = verifier().verify(kar(new Forge(keys)));
    kar(new Forge(keys).inJar("jp/example/probe/Other.class", new byte[] {1}));
    Path out = Files.createDirectory(folder.resolve("out"));

    assertThatThrownBy(() -> verifier().unpack(verified, out))
        .isInstanceOf(KibanException.class)
        .hasMessageStartingWith("KBN-ADDON-016");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aVersionFollowsOnlyAnOlderOne() throws IOException {
    Verified verified = verifier().verify(kar(new Forge(keys).version("1.2.0")));

    Verifier.checkSuccession(verified, AddonVersion.parse("1.1.9"), "other");
    Verifier.checkSuccession(verified, AddonVersion.parse("1.2.0"), verified.sha256());
    assertThatThrownBy(
            () -> Verifier.checkSuccession(verified, AddonVersion.parse("1.10.0"), "other"))
        .hasMessageStartingWith("KBN-ADDON-036");
    assertThatThrownBy(
            () -> Verifier.checkSuccession(verified, AddonVersion.parse("1.2.0"), "other"))
        .hasMessageStartingWith("KBN-ADDON-037");
  }

  @Test
  void opensslAgreesOnTheSignature() throws Exception {
    Forge forge = new Forge(keys);
    byte[][] parts = new byte[2][];
    forge.list = bytes -> parts[0] = bytes;
    forge.seal = bytes -> parts[1] = bytes;
    forge.build();
    Files.write(folder.resolve("entries"), parts[0]);
    Files.write(folder.resolve("signature"), Seal.parse(parts[1]).signature());
    Files.write(folder.resolve("key.der"), keys.getPublic().getEncoded());

    assertThat(openssl()).contains("Signature Verified Successfully");

    Files.writeString(folder.resolve("entries"), "changed");
    assertThat(openssl()).doesNotContain("Signature Verified Successfully");
  }

  private String openssl() throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    "openssl",
                    "pkeyutl",
                    "-verify",
                    "-pubin",
                    "-keyform",
                    "DER",
                    "-inkey",
                    "key.der",
                    "-rawin",
                    "-in",
                    "entries",
                    "-sigfile",
                    "signature"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes());
  }

  @Test
  void aKnownSignatureOfTheStandardHolds() {
    // RFC 8032, section 7.1, test 2: the JDK is taken at its word nowhere else.
    byte[] key =
        HexFormat.of()
            .parseHex(
                "302a300506032b6570032100"
                    + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    byte[] signature =
        HexFormat.of()
            .parseHex(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

    Seal seal = new Seal("x", signature);

    assertThat(seal.holds(new byte[] {0x72}, Seal.publicKey(base64(key)))).isTrue();
    assertThat(seal.holds(new byte[] {0x73}, Seal.publicKey(base64(key)))).isFalse();
  }

  private static String base64(byte[] bytes) {
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }
}
