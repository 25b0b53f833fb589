package org.kiban.addon.pack;

import java.security.PublicKey;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A trust file: {@code etc/trust/<name>.yaml}.
 *
 * @param signer whose key it is and what it may do
 * @param key the public key
 * @param authority whether its revocations count for the packages of every key, not only its own
 */
public record TrustedKey(Signer signer, PublicKey key, boolean authority) {

  /** How trust files end. */
  public static final String SUFFIX = ".yaml";

  private static final Pattern GRANT = Pattern.compile("[^*\\s]*\\*?");
  private static final Pattern PORTS = Pattern.compile("[1-9]\\d{0,4}(-[1-9]\\d{0,4})?");

  static TrustedKey parse(String file, byte[] content) {
    Fields fields = Fields.parse(file, content, PackMessage.WRONG_TRUST_FILE);
    PublicKey key =
        fields.text("public-key", Seal::publicKey, "no Ed25519 public key", "Ed25519 の公開鍵ではありません");
    String id = Seal.keyId(key);
    if (!fields.text("key-id").equals(id)) {
      throw fields.wrong("key-id", "the public key has the id " + id, "公開鍵の ID は " + id + " です");
    }
    LocalDate from = date(fields, "valid-from");
    LocalDate until = date(fields, "valid-until");
    if (until.isBefore(from)) {
      throw fields.wrong("valid-until", "before valid-from", "valid-from より前です");
    }
    TrustedKey trusted =
        new TrustedKey(
            new Signer(id, fields.text("vendor"), prefixes(fields), grants(fields), from, until),
            key,
            authority(fields));
    fields.end();
    return trusted;
  }

  private static LocalDate date(Fields fields, String name) {
    return fields.text(
        name, LocalDate::parse, "no date like 2026-04-01", "2026-04-01 のような日付ではありません");
  }

  private static boolean authority(Fields fields) {
    return fields.has("authority")
        && switch (fields.text("authority")) {
          case "true" -> true;
          case "false" -> false;
          default -> throw fields.wrong("authority", "true or false", "true か false が必要です");
        };
  }

  private static List<String> prefixes(Fields fields) {
    List<String> prefixes = fields.texts("prefixes");
    for (String prefix : prefixes) {
      if (!ManifestFile.ID.matcher(prefix).matches() || Reserved.name(prefix)) {
        throw fields.wrong("prefixes", "not allowed: " + prefix, "使えません: " + prefix);
      }
    }
    return prefixes;
  }

  private static Permissions grants(Fields fields) {
    if (!fields.has("grants")) {
      return Permissions.NONE;
    }
    Fields grants = fields.fields("grants");
    Permissions permissions =
        new Permissions(
            grants.texts("pids", GRANT),
            grants.texts("ports", PORTS),
            grants.texts("addresses", GRANT),
            grants.texts("folders", GRANT),
            grants.texts("capabilities", GRANT));
    grants.end();
    return permissions;
  }
}
