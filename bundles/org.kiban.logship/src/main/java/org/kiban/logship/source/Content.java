package org.kiban.logship.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** Looks into files, compressed or not, to tell one from another. Stateless. */
final class Content {

  /** How much of a file's beginning tells it from others. */
  static final int PREFIX = 1024;

  /** How much before a place tells that it is the same place. */
  static final int WINDOW = 256;

  private static final int BUFFER = 1 << 16;

  private Content() {}

  static InputStream open(Path path, boolean compressed) throws IOException {
    InputStream in = Files.newInputStream(path);
    if (!compressed) {
      return in;
    }
    try {
      return new GZIPInputStream(in, BUFFER);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** The first bytes, at most {@link #PREFIX}. */
  static byte[] prefix(Found file) throws IOException {
    try (InputStream in = open(file.path(), file.isCompressed())) {
      return in.readNBytes(PREFIX);
    }
  }

  /** Where the last line ends that is whole. A compressed file is read for it, once in its life. */
  static long end(Found file) throws IOException {
    try (InputStream in = open(file.path(), file.isCompressed())) {
      byte[] bytes = new byte[BUFFER];
      long at = 0;
      long end = 0;
      for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
        for (int i = 0; i < n; i++) {
          end = bytes[i] == '\n' ? at + i + 1 : end;
        }
        at += n;
      }
      return file.isCompressed() ? at : end;
    }
  }

  /** The first line with its line feed; all of the prefix if there is none. */
  static byte[] firstLine(byte[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (prefix[i] == '\n') {
        return Arrays.copyOf(prefix, i + 1);
      }
    }
    return prefix;
  }

  static String hash(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whether a prefix begins with what was known. */
  static boolean begins(byte[] prefix, int length, String hash) {
    return prefix.length >= length && hash(Arrays.copyOf(prefix, length)).equals(hash);
  }

  /** Whether a file has, before a place, what was known to be there. */
  static boolean holds(Found file, Mark mark) throws IOException {
    if (mark.offset() == 0) {
      return true;
    }
    try (InputStream in = open(file.path(), file.isCompressed())) {
      in.skipNBytes(mark.offset() - mark.length());
      byte[] window = in.readNBytes(mark.length());
      return window.length == mark.length() && hash(window).equals(mark.hash());
    } catch (EOFException e) {
      return false;
    }
  }
}
