package org.kiban.route;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;

/**
 * One version of a route file.
 *
 * @param code whose it is
 * @param name the file's name without its ending
 * @param format how it is written
 * @param content its bytes; nobody changes them
 */
public record RouteFile(MunicipalityCode code, String name, Format format, byte[] content) {

  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]{0,63})(\\.camel\\.(?:yaml|xml))");

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

  /** Where the route files of a municipality lie; the folder need not be there. */
  public static Path folder(NodePaths paths, MunicipalityCode code) {
    return paths.etc().resolve("routes").resolve(code.value());
  }

  /** Whether a file of this name is a route file. */
  public static boolean isOne(String fileName) {
    return NAME.matcher(fileName).matches();
  }

  /**
   * Makes a route file of the name of a file and its bytes.
   *
   * @return nothing if the name is none of a route file
   */
  public static Optional<RouteFile> of(MunicipalityCode code, String fileName, byte[] content) {
    Matcher name = NAME.matcher(fileName);
    if (!name.matches()) {
      return Optional.empty();
    }
    Format format = name.group(2).equals(Format.XML.ending()) ? Format.XML : Format.YAML;
    return Optional.of(new RouteFile(code, name.group(1), format, content));
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
