package org.kiban.addon.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.Digests;
import org.kiban.core.KibanException;

/** What passes is one thing to every reader of zip files, and damage never passes. */
class ReadersTest {

  private static final long SEED = 20261123;

  @TempDir private Path folder;
  private final KeyPair keys = Forge.newKeys();

  private Verifier verifier() throws IOException {
    Path trust = Files.createDirectories(folder.resolve("trust"));
    Files.writeString(trust.resolve("a.yaml"), Forge.trust(keys, "grants: {ports: [9410]}"));
    return new Verifier(
        TrustStore.read(trust),
        api -> Optional.of(AddonVersion.parse("0.1.0")),
        VerifierTest.NOVEMBER,
        Limits.DEFAULT);
  }

  @Test
  void everyReaderFindsTheSameInARightPackage() throws Exception {
    Forge forge = new Forge(keys);
    byte[] kar = forge.build();
    Path file = Files.write(folder.resolve("x.kar"), kar);
    verifier().verify(file);
    Map<String, String> expected = new TreeMap<>();
    forge.signed().forEach((path, content) -> expected.put(path, Digests.sha256(content)));

    assertThat(streamed(kar)).containsAllEntriesOf(expected).hasSize(expected.size() + 2);
    assertThat(indexed(file)).isEqualTo(streamed(kar));
  }

  @Test
  void pythonAndUnzipFindTheSame() throws Exception {
    Path file = Files.write(folder.resolve("x.kar"), new Forge(keys).build());
    String hashes =
        "import hashlib,sys,zipfile\n"
            + "z=zipfile.ZipFile(sys.argv[1])\n"
            + "assert z.testzip() is None\n"
            + "print('\\n'.join(n+' '+hashlib.sha256(z.read(n)).hexdigest() for n in"
            + " sorted(z.namelist())))";
    Optional<String> python = output(List.of("python3", "-c", hashes, file.toString()));
    Optional<String> unzip = output(List.of("unzip", "-tqq", file.toString()));
    assumeThat(python.isPresent() && unzip.isPresent()).isTrue();

    assertThat(python.orElseThrow().strip().lines().toList())
        .isEqualTo(
            streamed(Files.readAllBytes(file)).entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .toList());
    assertThat(unzip.orElseThrow()).isEmpty();
  }

  @Test
  void readersDisagreeOnWhatIsRefused() throws Exception {
    // Otherwise the refusals would be mere pedantry.
    byte[] hidden =
        new Forge(keys).zip(z -> z.store("repository/x.jar", new byte[1]).hidden = true).build();
    byte[] renamed =
        new Forge(keys)
            .zip(z -> z.find("LICENSE").localName = HostilePackagesTest.text("LICENCE"))
            .build();

    for (byte[] kar : List.of(hidden, renamed)) {
      Path file = Files.write(folder.resolve("x.kar"), kar);
      assertThat(indexed(file).keySet()).isNotEqualTo(streamed(kar).keySet());
    }
  }

  @Test
  void aChangedByteIsRefusedOrChangesNothing() throws Exception {
    Random random = new Random(SEED);
    byte[] right = new Forge(keys).build();
    Path file = folder.resolve("x.kar");
    Verifier verifier = verifier();
    String content = verifier.verify(Files.write(file, right)).sha256();
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] wrong = right.clone();
      wrong[random.nextInt(wrong.length)] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, wrong);
      try {
        // Times of entries are signed by nobody and read by nobody.
        assertThat(verifier.verify(file).sha256()).isEqualTo(content);
      } catch (KibanException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(350);
  }

  @Test
  void aDamagedBundleOfAVendorIsRefusedInWords() throws Exception {
    Random random = new Random(SEED);
    Path file = folder.resolve("x.kar");
    Verifier verifier = verifier();
    for (int i = 0; i < 150; i++) {
      Forge forge = new Forge(keys);
      forge.jar =
          jar -> {
            byte[] wrong = jar.clone();
            for (int change = 0; change < 3; change++) {
              wrong[random.nextInt(wrong.length)] = (byte) random.nextInt(256);
            }
            return wrong;
          };
      Files.write(file, forge.build());
      try {
        assertThat(verifier.verify(file).bundles()).hasSize(1);
      } catch (KibanException e) {
        assertThat(e.describe(java.util.Locale.JAPANESE)).contains("→");
      }
    }
  }

  @Test
  void theLastDayOfAKeyCounts() throws Exception {
    byte[] kar = new Forge(keys).build();
    Path file = Files.write(folder.resolve("x.kar"), kar);
    Path trust = Files.createDirectories(folder.resolve("trust"));
    Files.writeString(
        trust.resolve("a.yaml"),
        Forge.trust(keys, "grants: {ports: [9410]}").replace("2028-03-31", "2026-11-23"));

    Verifier verifier =
        new Verifier(
            TrustStore.read(trust),
            api -> Optional.of(AddonVersion.parse("0.1.0")),
            VerifierTest.NOVEMBER,
            Limits.DEFAULT);

    assertThat(verifier.verify(file).signer().until()).isEqualTo(LocalDate.of(2026, 11, 23));
  }

  private static Map<String, String> streamed(byte[] kar) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(kar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        found.put(entry.getName(), Digests.sha256(zip.readAllBytes()));
      }
    }
    return found;
  }

  private static Map<String, String> indexed(Path file) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        found.put(entry.getName(), Digests.sha256(zip.getInputStream(entry).readAllBytes()));
      }
    }
    return found;
  }

  private static Optional<String> output(List<String> command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
      return Optional.of(text);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
