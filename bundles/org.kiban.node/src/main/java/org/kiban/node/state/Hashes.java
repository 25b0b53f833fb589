package org.kiban.node.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** SHA-256 of files, read again only when time, size or identity have changed. */
final class Hashes {

  /** What changes when a file is written or replaced. */
  private record Version(Object key, long size, long modified) {}

  /** A content and when it was read. */
  private record Known(Version version, String hash) {}

  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  /** Returns the hash in hexadecimal, or {@code ?} if the file cannot be read. */
  String of(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Version version =
          new Version(
              attributes.fileKey(),
              attributes.size(),
              attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS));
      Known before = known.get(file);
      if (before != null && before.version().equals(version)) {
        return before.hash();
      }
      String hash = read(file);
      known.put(file, new Known(version, hash));
      return hash;
    } catch (IOException e) {
      known.remove(file);
      return "?";
    }
  }

  private static String read(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[64 << 10];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
