package org.kiban.addon.pack;

import static org.kiban.addon.pack.HostilePackagesTest.attack;
import static org.kiban.addon.pack.HostilePackagesTest.text;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.kiban.addon.pack.HostilePackagesTest.Attack;

/** Against who signed it and what was signed. */
final class SignatureAttacks {

  private SignatureAttacks() {}

  static List<Attack> all() {
    return Stream.of(seals(), keys(), content(), lists()).flatMap(List::stream).toList();
  }

  private static List<Attack> seals() {
    return List.of(
        attack("unsigned", PackMessage.UNSIGNED, f -> f.seal = s -> null),
        attack(
            "list removed",
            PackMessage.UNSIGNED,
            f -> f.zip(z -> z.parts.remove(z.find(EntryList.PATH)))),
        attack("unknown key", PackMessage.UNKNOWN_KEY, f -> f.keys = Forge.newKeys()),
        attack(
            "own signature under a trusted key id",
            PackMessage.WRONG_SIGNATURE,
            f -> {
              f.keys = Forge.newKeys();
              f.seal = s -> keyId(s, Seal.keyId(HostilePackagesTest.KEYS.getPublic()));
            }),
        attack(
            "one bit of the signature",
            PackMessage.WRONG_SIGNATURE,
            f ->
                f.seal =
                    s -> {
                      Seal seal = Seal.parse(s);
                      seal.signature()[17] ^= 1;
                      return seal.toBytes();
                    }),
        attack(
            "signature of zeros",
            PackMessage.WRONG_SIGNATURE,
            f -> f.seal = s -> new Seal(Seal.parse(s).keyId(), new byte[64]).toBytes()),
        attack(
            "malleable signature: S plus the group order",
            PackMessage.WRONG_SIGNATURE,
            f -> f.seal = SignatureAttacks::plusOrder),
        attack(
            "garbage for a signature", PackMessage.WRONG_SIGNATURE, f -> f.seal = s -> text("x")),
        attack(
            "another algorithm",
            PackMessage.WRONG_SIGNATURE,
            f ->
                f.seal =
                    s -> text(new String(s, StandardCharsets.US_ASCII).replace("ed25519", "none"))),
        attack(
            "two signatures",
            PackMessage.WRONG_SIGNATURE,
            f -> f.seal = s -> text(new String(s, StandardCharsets.US_ASCII).repeat(2))));
  }

  private static List<Attack> keys() {
    return List.of(
        attack("expired key", PackMessage.KEY_NOT_VALID, f -> f.keys = HostilePackagesTest.EXPIRED),
        attack(
            "key not valid yet",
            PackMessage.KEY_NOT_VALID,
            f -> f.keys = HostilePackagesTest.FUTURE),
        attack("revoked key", PackMessage.KEY_REVOKED, f -> f.keys = HostilePackagesTest.REVOKED),
        attack("revoked version", PackMessage.PACKAGE_REVOKED, f -> f.version("0.5.9")),
        attack("revoked package", PackMessage.PACKAGE_REVOKED, f -> f.version("0.7.1")),
        attack(
            "revoked package with other zip times",
            PackMessage.PACKAGE_REVOKED,
            f -> f.version("0.7.1").zip(z -> z.parts.add(z.parts.remove(0)))));
  }

  private static List<Attack> content() {
    return List.of(
        attack(
            "one byte changed", PackMessage.CHANGED_ENTRY, f -> f.zip(z -> change(z, Forge.JAR))),
        attack(
            "longer entry",
            PackMessage.CHANGED_ENTRY,
            f -> f.zip(z -> replace(z, "LICENSE", "Apache License 2.0, and more\n"))),
        attack(
            "extra entry",
            PackMessage.EXTRA_ENTRY,
            f -> f.zip(z -> z.store("repository/jp/example/more.jar", new byte[9]))),
        attack(
            "extra harmless entry",
            PackMessage.EXTRA_ENTRY,
            f -> f.zip(z -> z.store("NOTICE", text("x")))),
        attack(
            "missing entry",
            PackMessage.MISSING_ENTRY,
            f -> f.zip(z -> z.parts.remove(z.find("LICENSE")))),
        attack(
            "list changed after signing",
            PackMessage.WRONG_SIGNATURE,
            f -> f.zip(z -> change(z, EntryList.PATH))));
  }

  private static List<Attack> lists() {
    return List.of(
        list("list of another kind", "kiban-addon 1", "kiban-revocations 1"),
        list("list with a later form", "kiban-addon 1", "kiban-addon 2"),
        list("list with Windows lines", "\n", "\r\n"),
        list("list with leading zeros", " 19 LICENSE", " 019 LICENSE"),
        list("list with a blank line", "kiban-addon 1\n", "kiban-addon 1\n\n"),
        list("list with upper-case hashes", "a", "A"),
        attack(
            "unsorted list",
            PackMessage.WRONG_LIST,
            f ->
                f.list =
                    l -> {
                      String[] lines = new String(l, StandardCharsets.US_ASCII).split("\n");
                      String first = lines[1];
                      lines[1] = lines[2];
                      lines[2] = first;
                      return text(String.join("\n", lines) + "\n");
                    }),
        attack(
            "list that lists itself",
            PackMessage.MISSING_ENTRY,
            f ->
                f.list =
                    l ->
                        text(
                            new String(l, StandardCharsets.US_ASCII)
                                .replaceFirst(
                                    "\n([0-9a-f]{64}) (\\d+) addon.yaml",
                                    "\n$1 $2 META-INF/kiban/entries\n$1 $2 addon.yaml"))));
  }

  private static Attack list(String name, String from, String to) {
    return attack(
        name,
        PackMessage.WRONG_LIST,
        f -> f.list = l -> text(new String(l, StandardCharsets.US_ASCII).replace(from, to)));
  }

  private static byte[] keyId(byte[] seal, String keyId) {
    return new Seal(keyId, Seal.parse(seal).signature()).toBytes();
  }

  private static void change(RawZip zip, String name) {
    RawZip.Part part = zip.find(name);
    byte[] content = part.data.clone();
    content[content.length / 2] ^= 1;
    replace(zip, name, content);
  }

  private static void replace(RawZip zip, String name, String content) {
    replace(zip, name, text(content));
  }

  private static void replace(RawZip zip, String name, byte[] content) {
    zip.parts.remove(zip.find(name));
    zip.store(name, content);
  }

  /** The same point, and a scalar that is congruent: a lenient check accepts both. */
  private static byte[] plusOrder(byte[] seal) {
    byte[] signature = Seal.parse(seal).signature();
    byte[] order = Base64.getDecoder().decode("7dP1XBpjEljWnPei3vneFAAAAAAAAAAAAAAAAAAAABA=");
    int carry = 0;
    for (int i = 0; i < 32; i++) {
      int sum = (signature[32 + i] & 0xff) + (order[i] & 0xff) + carry;
      signature[32 + i] = (byte) sum;
      carry = sum >> 8;
    }
    return new Seal(Seal.parse(seal).keyId(), signature).toBytes();
  }
}
