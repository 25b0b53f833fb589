package org.kiban.route;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.kiban.core.MunicipalityCode;

/**
 * One version of a route file.
 *
 * @param code whose it is
 * @param name the file's name without its ending
 * @param format how it is written
 * @param content its bytes; nobody changes them
 */
public record RouteFile(MunicipalityCode code, String name, Format format, byte[] content) {

  /** Camel's own languages for routes. */
  public enum Format {
    /** YAML DSL. */
    YAML(".camel.yaml"),
    /** XML DSL. */
    XML(".camel.xml");

    private final String ending;

    Format(String ending) {
      this.ending = ending;
    }

    /** How names of such files end. */
    public String ending() {
      return ending;
    }
  }

  /** The file's name, with its ending. */
  public String fileName() {
    return name + format.ending();
  }

  /** SHA-256 of the content and its format, in hex: what tells versions apart. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) format.ordinal());
      return HexFormat.of().formatHex(digest.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
