package org.kiban.update.tuf;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.update.UpdateCode;

/**
 * A file of metadata, well formed; whether its signatures hold is another question.
 *
 * @param file its name, for messages
 * @param bytes the file
 * @param signed what is signed
 * @param signatures those that could be read
 * @param version counts from 1
 * @param expires from when on it no longer counts
 */
record Metadata(
    String file,
    byte[] bytes,
    JsonNode signed,
    List<Sig> signatures,
    long version,
    Instant expires) {

  private static final Pattern SPEC = Pattern.compile("1\\.\\d+(\\.\\d+)?");
  private static final Pattern TIME = Pattern.compile("\\d{4}(-\\d\\d){2}T\\d\\d(:\\d\\d){2}Z");

  /** One signature. */
  record Sig(String keyId, byte[] signature) {}

  /**
   * What one file of metadata says of another.
   *
   * @param version it has
   * @param length in bytes, if said
   * @param hashes those that it must have; may be empty
   */
  record Meta(long version, Optional<Long> length, Hashes hashes) {}

  /**
   * Reads a file.
   *
   * @param type what it must be, for example {@code root}
   */
  static Metadata parse(String file, byte[] bytes, String type) {
    try {
      JsonNode document = CanonicalJson.parse(bytes);
      JsonNode signed = document.path("signed");
      if (!type.equals(signed.path("_type").asText())) {
        throw wrong(file, "signed._type is not " + type);
      }
      if (!SPEC.matcher(signed.path("spec_version").asText()).matches()) {
        throw wrong(file, "signed.spec_version is not 1.x");
      }
      return new Metadata(
          file,
          bytes,
          signed,
          signatures(file, document.path("signatures")),
          positive(file, signed, "version"),
          expires(file, signed));
    } catch (IOException e) {
      throw wrong(file, "no JSON");
    }
  }

  static KibanException wrong(String file, String why) {
    return new KibanException(Outcome.REFUSED, UpdateCode.NOT_METADATA, file, why);
  }

  private static List<Sig> signatures(String file, JsonNode list) {
    List<Sig> signatures = new ArrayList<>();
    if (!list.isArray()) {
      throw wrong(file, "signatures is no list");
    }
    for (JsonNode item : list) {
      try {
        byte[] bytes = HexFormat.of().parseHex(item.path("sig").asText());
        signatures.add(new Sig(item.path("keyid").asText(), bytes));
      } catch (IllegalArgumentException e) {
        throw wrong(file, "signatures.sig is not hexadecimal");
      }
    }
    return signatures;
  }

  private static Instant expires(String file, JsonNode signed) {
    String text = signed.path("expires").asText();
    try {
      if (TIME.matcher(text).matches()) {
        return Instant.parse(text);
      }
    } catch (DateTimeParseException e) {
      // Thirteen months: said below.
    }
    throw wrong(file, "signed.expires is no time like 2027-04-01T00:00:00Z");
  }

  static long positive(String file, JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
      throw wrong(file, field + " is no number from 1");
    }
    return value.longValue();
  }

  /** The bytes that are signed. */
  byte[] canonical() {
    try {
      return CanonicalJson.write(signed);
    } catch (IOException e) {
      throw wrong(file, e.getMessage());
    }
  }

  /** What it says of another file. */
  Meta meta(String name) {
    JsonNode node = signed.path("meta").path(name);
    if (!node.isObject()) {
      throw wrong(file, "says nothing of " + name);
    }
    return new Meta(positive(file, node, "version"), length(node), Hashes.parse(file, node));
  }

  private Optional<Long> length(JsonNode node) {
    return node.has("length") ? Optional.of(positive(file, node, "length")) : Optional.empty();
  }

  /** Refuses it if it is too old. */
  void requireFresh(Instant now) {
    if (!now.isBefore(expires)) {
      throw new KibanException(Outcome.REFUSED, UpdateCode.EXPIRED, file, expires);
    }
  }

  /** Refuses it if it is not the version that another file promises: a mix of two states. */
  void requireVersion(long promised) {
    if (version != promised) {
      throw new KibanException(
          Outcome.REFUSED,
          UpdateCode.MIXED,
          file,
          String.valueOf(version),
          String.valueOf(promised));
    }
  }

  /** Refuses going back. */
  static void requireNotOlder(String file, long version, long trusted) {
    if (version < trusted) {
      throw new KibanException(
          Outcome.REFUSED,
          UpdateCode.OLDER,
          file,
          String.valueOf(version),
          String.valueOf(trusted));
    }
  }
}
