package org.kiban.update.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kiban.core.Digests;

/**
 * What a distribution says of itself in {@code lib/kiban}. Immutable.
 *
 * @param version the distribution's
 * @param build tells it from others, also of the same version; SHA-256 of its list of files
 * @param format the highest format of data that it can go on with
 * @param own files of etc/ that belong to the program, not to operators
 * @param files every file of it, by path
 */
record Program(
    String version, String build, int format, Set<String> own, Map<String, Listed> files) {

  static final String LIST = "lib/kiban/files";
  static final String BUILD = "lib/kiban/build";
  static final String VERSION = "lib/kiban/version";
  static final String FORMAT = "lib/kiban/format";
  static final String OWN = "lib/kiban/program-files";

  /** The files by which it describes itself. */
  static final Set<String> DESCRIPTION = Set.of(LIST, BUILD, VERSION, FORMAT, OWN);

  private static final int BUILD_DIGITS = 16;

  Program {
    own = Set.copyOf(own);
    files = java.util.Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /**
   * A file as it must be.
   *
   * @param sha256 of its content, in hexadecimal
   * @param size in bytes
   */
  record Listed(String sha256, long size) {}

  /**
   * Reads the description.
   *
   * @param description contents by path
   * @throws TarReader.Refused if it lacks something or contradicts itself
   */
  static Program read(Map<String, byte[]> description) throws IOException {
    for (String name : new TreeSet<>(DESCRIPTION)) {
      if (!description.containsKey(name)) {
        throw new TarReader.Refused("it has no " + name);
      }
    }
    if (!Digests.sha256(description.get(LIST)).equals(text(description, BUILD))) {
      throw new TarReader.Refused(BUILD + " is not that of " + LIST);
    }
    try {
      return new Program(
          text(description, VERSION).replaceFirst("^kiban ", ""),
          text(description, BUILD),
          Integer.parseInt(text(description, FORMAT)),
          Set.copyOf(text(description, OWN).lines().toList()),
          files(text(description, LIST)));
    } catch (IllegalArgumentException e) {
      throw new TarReader.Refused("what it says of itself cannot be read: " + e.getMessage());
    }
  }

  /** Reads that of a distribution that is unpacked. */
  static Program of(Path home) throws IOException {
    Map<String, byte[]> description = new TreeMap<>();
    for (String name : DESCRIPTION) {
      if (Files.exists(home.resolve(name))) {
        description.put(name, Files.readAllBytes(home.resolve(name)));
      }
    }
    return read(description);
  }

  private static Map<String, Listed> files(String list) {
    Map<String, Listed> files = new TreeMap<>();
    list.lines()
        .map(line -> line.split(" ", 3))
        .forEach(f -> files.put(f[2], new Listed(f[0], Long.parseLong(f[1]))));
    return files;
  }

  private static String text(Map<String, byte[]> description, String name) {
    return new String(description.get(name), StandardCharsets.UTF_8).strip();
  }

  /** As the launcher writes it. */
  String shortBuild() {
    return build.substring(0, BUILD_DIGITS);
  }

  /** Bytes of all files. */
  long size() {
    return files.values().stream().mapToLong(Listed::size).sum();
  }
}
