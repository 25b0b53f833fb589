package org.kiban.addon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import java.util.TimeZone;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool from a vendor's first key to a package that a node takes. */
class MainTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @BeforeEach
  void givenAnAddonAndAKey() throws IOException {
    Files.writeString(
        folder.resolve("addon.yaml"),
        """
        id: jp.example.probe
        version: 1.0.0
        name: {ja: 監視プローブ, en: Health probe}
        vendor: 株式会社例
        requires: {org.kiban.core: "[0.1,1)"}
        permissions: {capabilities: [exchange]}
        """);
    Files.writeString(folder.resolve("LICENSE"), "Apache License 2.0\n");
    Files.write(folder.resolve("probe.jar"), bundle("jp.example.probe;singleton:=true"));
    run("keygen", "keys/dev.pem", "--vendor", "株式会社例", "--prefix", "jp.example");
  }

  private static byte[] bundle(String symbolicName) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", symbolicName);
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Import-Package", "org.kiban.core");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.putNextEntry(new JarEntry("lib/x-1.jar"));
      ByteArrayOutputStream inner = new ByteArrayOutputStream();
      new JarOutputStream(inner, new Manifest()).close();
      jar.write(inner.toByteArray());
    }
    return bytes.toByteArray();
  }

  /** Runs the tool with file names relative to the test's folder. */
  private String run(String... arguments) {
    shown.reset();
    new Main(new PrintStream(shown, true, StandardCharsets.UTF_8))
        .run(
            List.of(arguments).stream()
                .map(
                    a -> a.matches("[a-z/]+\\.(pem|kar|yaml|jar|revoked)|LICENSE|keys") ? at(a) : a)
                .toList());
    return shown.toString(StandardCharsets.UTF_8);
  }

  private String at(String file) {
    return folder.resolve(file).toString();
  }

  private void pack(String target) {
    run(
        "pack",
        target,
        "--manifest",
        "addon.yaml",
        "--license",
        "LICENSE",
        "--bundle",
        "probe.jar",
        "--key",
        "keys/dev.pem");
  }

  @Test
  void aPackageIsVerifiedAsANodeDoes() {
    pack("probe.kar");

    assertThat(run("verify", "probe.kar", "--trust", "keys", "--node", "0.1.0"))
        .contains("jp.example.probe 1.0.0", "監視プローブ", "株式会社例");
    assertThat(run("list", "probe.kar", "--trust", "keys", "--node", "0.1.0"))
        .contains(
            "sbom.cdx.json",
            "repository/jp/example/probe/jp.example.probe/1.0.0/jp.example.probe-1.0.0.jar");
    assertThatThrownBy(() -> run("verify", "probe.kar", "--trust", "keys", "--node", "1.0.0"))
        .hasMessageContaining("KBN-ADDON-032");
  }

  @Test
  void theSameInputGivesTheSameBytesAnywhere() throws IOException {
    pack("a.kar");
    TimeZone zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      pack("b.kar");
    } finally {
      TimeZone.setDefault(zone);
    }

    assertThat(folder.resolve("a.kar")).hasSameBinaryContentAs(folder.resolve("b.kar"));
  }

  @Test
  void theBillOfMaterialsNamesLibrariesInBundles() {
    pack("probe.kar");

    assertThat(folder.resolve("probe.kar"))
        .content(StandardCharsets.ISO_8859_1)
        .contains("\"name\": \"x-1\"");
  }

  @Test
  void aKeyIsItsOwnersAndIsNeverReplaced() throws IOException {
    Path key = folder.resolve("keys/dev.pem");
    String before = Files.readString(key);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> VendorKey.create(key)).isInstanceOf(FileAlreadyExistsException.class);
    run("keygen", "keys/dev.pem", "--keep", "yes");
    assertThat(Files.readString(key)).isEqualTo(before);
  }

  @Test
  void opensslKnowsTheKeyAndSignsTheSame() throws Exception {
    KeyPair keys = VendorKey.read(folder.resolve("keys/dev.pem"));
    openssl("pkey", "-in", "keys/dev.pem", "-pubout", "-outform", "DER", "-out", "public.der");
    openssl("genpkey", "-algorithm", "ed25519", "-out", "other.pem");
    openssl("pkey", "-in", "other.pem", "-pubout", "-outform", "DER", "-out", "other.der");

    assertThat(folder.resolve("public.der")).hasBinaryContent(keys.getPublic().getEncoded());
    assertThat(folder.resolve("other.der"))
        .hasBinaryContent(VendorKey.read(folder.resolve("other.pem")).getPublic().getEncoded());
  }

  private void openssl(String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(text).isZero();
  }

  @Test
  void aRevokedPackageIsRefused() {
    pack("probe.kar");
    String revoked =
        run(
            "revoke",
            "keys/a.revoked",
            "--key",
            "keys/dev.pem",
            "--number",
            "1",
            "--version",
            "jp.example.probe [1.0,1.1)");

    assertThat(revoked).startsWith("kiban-revocations 1\nnumber 1\nversion jp.example.probe [1.0");
    assertThatThrownBy(() -> run("verify", "probe.kar", "--trust", "keys", "--node", "0.1.0"))
        .hasMessageContaining("KBN-ADDON-021");
  }

  @Test
  void aMistakeOfTheVendorIsNamed() throws IOException {
    Files.write(folder.resolve("probe.jar"), bundle("jp.example.other"));
    pack("probe.kar");
    assertThatThrownBy(() -> run("verify", "probe.kar", "--trust", "keys", "--node", "0.1.0"))
        .hasMessageContaining("KBN-ADDON-026")
        .hasMessageContaining("jp.example.other");
    assertThatThrownBy(() -> run("pack", "x.kar", "--bundel", "probe.jar"))
        .hasMessageContaining("--bundel");
    assertThatThrownBy(() -> run("sign")).hasMessageContaining("no such command");
    Files.writeString(folder.resolve("rsa.pem"), "-----BEGIN RSA PRIVATE KEY-----");
    assertThatThrownBy(() -> VendorKey.read(folder.resolve("rsa.pem")))
        .hasMessageContaining("no PEM file");
  }
}
