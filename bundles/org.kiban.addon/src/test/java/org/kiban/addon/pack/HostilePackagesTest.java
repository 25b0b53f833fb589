package org.kiban.addon.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kiban.core.Digests;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Packages that somebody on the way changed, and packages that a vendor signed but that reach for
 * what is not theirs: each is refused with its own code, and leaves nothing behind.
 */
class HostilePackagesTest {

  static final KeyPair KEYS = Forge.newKeys();
  static final KeyPair EXPIRED = Forge.newKeys();
  static final KeyPair FUTURE = Forge.newKeys();
  static final KeyPair REVOKED = Forge.newKeys();
  static final KeyPair AUTHORITY = Forge.newKeys();

  @TempDir private Path folder;

  /**
   * An attack.
   *
   * @param code that it must be refused with
   * @param make turns a right package into it
   */
  record Attack(String name, PackMessage code, Consumer<Forge> make) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A table of attacks: cells between bars. */
  static List<String[]> rows(String table) {
    return table.lines().map(line -> line.strip().split(" \\| ")).toList();
  }

  static Attack attack(String name, PackMessage code, Consumer<Forge> make) {
    return new Attack(name, code, make);
  }

  static Stream<Attack> attacks() {
    return Stream.of(
            SignatureAttacks.all(), ZipAttacks.all(), BundleAttacks.all(), PartAttacks.all())
        .flatMap(List::stream);
  }

  @BeforeEach
  void givenATrustStore() throws IOException {
    Path trust = Files.createDirectories(folder.resolve("trust"));
    Files.writeString(
        trust.resolve("a.yaml"),
        Forge.trust(
            KEYS,
            "grants: {ports: [9400-9499], folders: [/srv/probe/*], capabilities: [exchange]}"));
    Files.writeString(
        trust.resolve("b.yaml"), Forge.trust(EXPIRED, "").replace("2028-03-31", "2026-11-22"));
    Files.writeString(
        trust.resolve("c.yaml"), Forge.trust(FUTURE, "").replace("2026-04-01", "2026-11-24"));
    Files.writeString(trust.resolve("d.yaml"), Forge.trust(REVOKED, ""));
    Files.writeString(trust.resolve("e.yaml"), Forge.trust(AUTHORITY, "authority: true"));
    Files.write(
        trust.resolve("authority.revoked"),
        RevocationList.sign(
            List.of(
                "number 3",
                "key " + Seal.keyId(REVOKED.getPublic()),
                "version jp.example.probe [0.5,0.6)",
                "package " + contentHash(new Forge(KEYS).version("0.7.1"))),
            AUTHORITY.getPrivate(),
            AUTHORITY.getPublic()));
  }

  static String contentHash(Forge forge) {
    byte[][] list = new byte[1][];
    forge.list = bytes -> list[0] = bytes;
    forge.build();
    return Digests.sha256(list[0]);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void isRefusedWithItsCodeAndLeavesNothing(Attack attack) throws IOException {
    Forge forge = new Forge(KEYS);
    attack.make().accept(forge);
    Path kar = Files.write(folder.resolve("probe.kar"), forge.build());
    Map<String, Long> before = tree(folder);

    KibanException refusal =
        catchThrowableOfType(KibanException.class, () -> verifier().verify(kar));

    assertThat(refusal).as("it was accepted").isNotNull();
    assertThat(refusal.code()).isEqualTo(attack.code());
    assertThat(refusal.outcome()).isEqualTo(Outcome.REFUSED);
    for (Locale language : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
      assertThat(refusal.describe(language)).contains(attack.code().code()).contains("→");
      assertThat(refusal.describe(language)).doesNotContain("{", "\u001b");
    }
    assertThat(tree(folder)).as("no trace").isEqualTo(before);
  }

  @Test
  void thereAreManyAndNoTwoAreTheSame() {
    List<Attack> all = attacks().toList();

    assertThat(all).hasSizeGreaterThanOrEqualTo(40);
    assertThat(all).extracting(Attack::name).doesNotHaveDuplicates();
  }

  private Verifier verifier() {
    return new Verifier(
        TrustStore.read(folder.resolve("trust")),
        api -> Optional.ofNullable(Map.of("org.kiban.core", AddonVersion.parse("0.1.0")).get(api)),
        VerifierTest.NOVEMBER,
        Limits.DEFAULT);
  }

  private static Map<String, Long> tree(Path folder) throws IOException {
    Map<String, Long> tree = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        tree.put(file.toString(), Files.isRegularFile(file) ? Files.size(file) : -1);
      }
    }
    return tree;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
