package org.kiban.logship.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * A file as it is found.
 *
 * @param path absolute
 * @param key what the system knows it by
 * @param size in bytes
 * @param modified when it was last written
 * @param born when it was made
 */
record Found(Path path, Key key, long size, Instant modified, Instant born) {

  /**
   * What the system knows a file by, through all its names.
   *
   * @param birth in nanoseconds: an inode is used again, but not with the same birth; 0 if unknown
   */
  record Key(long device, long inode, long birth) {

    /** Whether both can be one file. */
    boolean matches(Key other) {
      return device == other.device
          && inode == other.inode
          && (birth == other.birth || birth == 0 || other.birth == 0);
    }
  }

  private static final String WHAT = "unix:dev,ino,size,lastModifiedTime,creationTime";
  private static final long NANOS = 1_000_000_000L;

  /**
   * Looks at a file.
   *
   * @throws IOException if it is gone
   */
  static Found at(Path path) throws IOException {
    Map<String, Object> a = Files.readAttributes(path, WHAT);
    Instant modified = ((FileTime) a.get("lastModifiedTime")).toInstant();
    Instant born = ((FileTime) a.get("creationTime")).toInstant();
    // A file system that knows no birth makes Java answer with the last change.
    boolean known = !born.equals(modified) || knowsBirth(path.getParent(), (Long) a.get("dev"));
    long birth = known ? born.getEpochSecond() * NANOS + born.getNano() : 0;
    return new Found(
        path,
        new Key((Long) a.get("dev"), (Long) a.get("ino"), birth),
        (Long) a.get("size"),
        modified,
        born);
  }

  /** Whether a directory above, on the same file system, was born before it changed last. */
  private static boolean knowsBirth(Path directory, long device) throws IOException {
    for (Path at = directory; at != null; at = at.getParent()) {
      Map<String, Object> a = Files.readAttributes(at, WHAT);
      if ((Long) a.get("dev") != device) {
        return false;
      }
      if (!a.get("creationTime").equals(a.get("lastModifiedTime"))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the file is still at its path. To be asked after its content was read: rotation may
   * have put another one there meanwhile.
   *
   * @throws IOException if nothing is there
   */
  boolean isStillThere() throws IOException {
    return at(path).key().matches(key);
  }

  boolean isCompressed() {
    return path.toString().endsWith(".gz");
  }
}
