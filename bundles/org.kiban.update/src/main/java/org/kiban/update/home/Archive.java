package org.kiban.update.home;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.kiban.core.Digests;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.update.UpdateCode;

/**
 * A distribution as suppliers pack it, {@code kiban-<version>.tar.gz}. Nothing in it is believed
 * but what its own list says, and the list only because the whole file is signed.
 *
 * @param file the archive
 */
record Archive(Path file) {

  private static final long MOST_BYTES = 4L << 30;
  private static final int MOST_DESCRIPTION = 8 << 20;

  /**
   * What an archive would bring.
   *
   * @param program what it says of itself
   * @param etc its configuration files, by path below etc/
   */
  record Content(Program program, Map<String, byte[]> etc) {}

  /** Where files go when it is unpacked. */
  interface Target {
    /** A directory, after the one that it lies in. */
    void directory(String path) throws IOException;

    /** A file; it must be read to its end. */
    void file(String path, InputStream content) throws IOException;
  }

  private interface Visitor {
    void entry(String path, TarReader.Entry entry, InputStream content) throws IOException;
  }

  /**
   * Reads what it brings, without its programs.
   *
   * @throws KibanException if it is no distribution
   */
  Content content() {
    Map<String, byte[]> description = new TreeMap<>();
    Map<String, byte[]> etc = new TreeMap<>();
    return read(
        () -> {
          each(
              (path, entry, content) -> {
                boolean wanted = Program.DESCRIPTION.contains(path) || path.startsWith("etc/");
                if (wanted && !entry.directory()) {
                  byte[] bytes = content.readNBytes(MOST_DESCRIPTION + 1);
                  if (bytes.length > MOST_DESCRIPTION) {
                    throw new TarReader.Refused(path + " is too long");
                  }
                  (path.startsWith("etc/") ? etc : description)
                      .put(path.startsWith("etc/") ? path.substring(4) : path, bytes);
                }
              });
          return new Content(Program.read(description), etc);
        });
  }

  /**
   * Reads every file, each of which must be what the list says, and each of the list must come.
   *
   * @param program what was read before
   * @throws KibanException if one is not
   */
  void unpack(Program program, Target target) {
    Set<String> missing = new HashSet<>(program.files().keySet());
    missing.addAll(Set.of(Program.LIST, Program.BUILD));
    read(
        () -> {
          each(
              (path, entry, content) -> {
                if (entry.directory()) {
                  target.directory(path);
                } else {
                  if (!missing.remove(path)) {
                    throw new TarReader.Refused("not in its list, or twice: " + path);
                  }
                  file(program, path, content, target);
                }
              });
          if (!missing.isEmpty()) {
            throw new TarReader.Refused("it lacks " + missing.iterator().next());
          }
          return null;
        });
  }

  private static void file(Program program, String path, InputStream content, Target target)
      throws IOException {
    DigestInputStream digest = new DigestInputStream(content, Digests.sha256());
    target.file(path, digest);
    String found = HexFormat.of().formatHex(digest.getMessageDigest().digest());
    Program.Listed listed = program.files().get(path);
    boolean right =
        listed != null
            ? found.equals(listed.sha256())
            // The list cannot hold its own hash; that is what the build is.
            : path.equals(Program.BUILD) || found.equals(program.build());
    if (!right) {
      throw new TarReader.Refused("not what its list says: " + path);
    }
  }

  private void each(Visitor visitor) throws IOException {
    try (TarReader tar =
        new TarReader(
            new BufferedInputStream(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), 1 << 16),
            MOST_BYTES)) {
      String top = null;
      for (TarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
        String[] path = entry.name().split("/", 2);
        top = top == null ? path[0] : top;
        if (!top.equals(path[0])) {
          throw new TarReader.Refused("two folders: " + top + " and " + path[0]);
        }
        if (path.length == 2) {
          visitor.entry(path[1], entry, tar.content());
        }
      }
    }
  }

  /** Reading that may find out that it is no distribution. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (TarReader.Refused | java.io.EOFException | java.util.zip.ZipException e) {
      throw new KibanException(e, Outcome.REFUSED, UpdateCode.NO_DISTRIBUTION, e.getMessage());
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_READ, file, e.toString());
    }
  }
}
