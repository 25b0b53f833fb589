package org.kiban.addon.pack;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is no longer trusted, signed, so that it can come on any medium: {@code etc/trust/<key
 * id>.revoked}. Lines of text, the last of which is the signature of all before:
 *
 * <pre>
 * kiban-revocations 1
 * number 7
 * key 0123456789abcdef0123456789abcdef
 * package &lt;SHA-256 of META-INF/kiban/entries&gt;
 * version jp.example.probe [1.0,1.2)
 * ed25519 &lt;key id of the issuer&gt; &lt;base64&gt;
 * </pre>
 *
 * A list of a key that is no authority counts only for packages that the same key signed.
 *
 * @param issuer key id of who signed it
 * @param authority whether it counts for packages of other keys
 * @param number grows with each list of an issuer
 * @param keys revoked keys
 * @param packages revoked packages
 * @param versions revoked versions
 */
public record RevocationList(
    String issuer,
    boolean authority,
    long number,
    List<String> keys,
    List<String> packages,
    List<Versions> versions) {

  /** How revocation lists end. */
  public static final String SUFFIX = ".revoked";

  private static final String HEAD = "kiban-revocations 1\n";
  private static final Pattern NUMBER = Pattern.compile("number ([1-9][0-9]{0,15})");
  private static final Pattern KEY = Pattern.compile("key ([0-9a-f]{32})");
  private static final Pattern PACKAGE = Pattern.compile("package ([0-9a-f]{64})");
  private static final Pattern VERSION = Pattern.compile("version (\\S+) (\\S+)");

  /**
   * Revoked versions of an add-on.
   *
   * @param addon its id
   * @param range of versions
   */
  public record Versions(String addon, AddonRange range) {}

  /** Reads a list, whose signature must be that of a trusted key. */
  static RevocationList parse(
      String file, byte[] content, Function<String, Optional<TrustedKey>> keys) {
    String text = new String(content, StandardCharsets.UTF_8);
    int last = text.lastIndexOf('\n', text.length() - 2) + 1;
    int lines = (int) text.chars().filter(c -> c == '\n').count();
    if (!text.startsWith(HEAD) || last < HEAD.length()) {
      throw wrong(
          file, 1, "it does not begin with kiban-revocations 1", "kiban-revocations 1 で始まっていません");
    }
    Seal seal;
    try {
      seal = Seal.parse(text.substring(last).getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw wrong(file, lines, "the signature is missing", "署名がありません");
    }
    TrustedKey key =
        keys.apply(seal.keyId())
            .orElseThrow(
                () ->
                    wrong(
                        file,
                        lines,
                        "unknown key " + seal.keyId(),
                        "信頼ストアにない鍵です: " + seal.keyId()));
    byte[] signed = text.substring(0, last).getBytes(StandardCharsets.UTF_8);
    boolean whole = Arrays.equals(signed, 0, signed.length, content, 0, signed.length);
    if (!whole || !seal.holds(signed, key.key())) {
      throw wrong(file, lines, "the signature does not hold", "署名が正しくありません");
    }
    return parse(file, text.substring(HEAD.length(), last), key);
  }

  private static RevocationList parse(String file, String body, TrustedKey issuer) {
    List<String> keys = new ArrayList<>();
    List<String> packages = new ArrayList<>();
    List<Versions> versions = new ArrayList<>();
    long number = 0;
    int line = 1;
    for (String text : body.split("\n")) {
      line++;
      Matcher m;
      if ((m = NUMBER.matcher(text)).matches() && line == 2) {
        number = Long.parseLong(m.group(1));
      } else if ((m = KEY.matcher(text)).matches()) {
        keys.add(m.group(1));
      } else if ((m = PACKAGE.matcher(text)).matches()) {
        packages.add(m.group(1));
      } else if ((m = VERSION.matcher(text)).matches()) {
        versions.add(versions(file, line, m.group(1), m.group(2)));
      } else {
        throw wrong(file, line, "unknown line", "不明な行です");
      }
    }
    if (number == 0) {
      throw wrong(file, 2, "the number is missing", "番号がありません");
    }
    return new RevocationList(
        issuer.signer().keyId(),
        issuer.authority(),
        number,
        List.copyOf(keys),
        List.copyOf(packages),
        List.copyOf(versions));
  }

  private static Versions versions(String file, int line, String addon, String range) {
    try {
      return new Versions(addon, AddonRange.parse(range));
    } catch (IllegalArgumentException e) {
      throw wrong(file, line, "no range: " + range, "範囲ではありません: " + range);
    }
  }

  private static RuntimeException wrong(String file, int line, String en, String ja) {
    return PackMessage.WRONG_REVOCATIONS.refuse(file, line, Why.of(en, ja));
  }

  /**
   * Writes a list.
   *
   * @param body lines {@code number …}, {@code key …}, {@code package …}, {@code version …}
   */
  public static byte[] sign(List<String> body, PrivateKey privateKey, PublicKey publicKey) {
    byte[] signed = (HEAD + String.join("\n", body) + '\n').getBytes(StandardCharsets.UTF_8);
    byte[] seal = Seal.sign(signed, privateKey, publicKey).toBytes();
    byte[] all = Arrays.copyOf(signed, signed.length + seal.length);
    System.arraycopy(seal, 0, all, signed.length, seal.length);
    return all;
  }

  private boolean countsFor(Signer signer) {
    return authority || issuer.equals(signer.keyId());
  }

  /** Tells whether it revokes the key. */
  boolean revokes(Signer signer) {
    return countsFor(signer) && keys.contains(signer.keyId());
  }

  /** Tells whether it revokes a package. */
  boolean revokes(Signer signer, String sha256, String addon, AddonVersion version) {
    return countsFor(signer)
        && (packages.contains(sha256)
            || versions.stream()
                .anyMatch(v -> v.addon().equals(addon) && v.range().includes(version)));
  }
}
