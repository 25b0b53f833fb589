package org.kiban.backup.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what is known of a file. Remembers the names of users and groups. Safe for threads. */
public final class Stat {

  private static final String WHAT =
      "unix:mode,ino,dev,nlink,uid,gid,size,ctime,lastModifiedTime,rdev";
  private static final Set<Node.Type> LINKED =
      EnumSet.of(Node.Type.FILE, Node.Type.SYMLINK, Node.Type.DEV, Node.Type.CHARDEV);
  private static final int FORMAT = 0170000;

  private final Map<Long, String> users = new ConcurrentHashMap<>();
  private final Map<Long, String> groups = new ConcurrentHashMap<>();

  /** Of a file itself, not of what a link points to. */
  public Node.Meta read(Path path) throws IOException {
    Map<String, Object> a = Files.readAttributes(path, WHAT, LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) a.get("mode");
    Node.Type type = type(mode);
    long uid = ((Integer) a.get("uid")) & 0xffffffffL;
    long gid = ((Integer) a.get("gid")) & 0xffffffffL;
    if (!users.containsKey(uid) || !groups.containsKey(gid)) {
      learn(path, uid, gid);
    }
    Time mtime = Time.of((FileTime) a.get("lastModifiedTime"));
    return new Node.Meta(
        type,
        goMode(mode, type),
        mtime,
        mtime,
        Time.of((FileTime) a.get("ctime")),
        uid,
        gid,
        users.get(uid),
        groups.get(gid),
        (Long) a.get("ino"),
        (Long) a.get("dev"),
        type == Node.Type.FILE ? (Long) a.get("size") : 0,
        LINKED.contains(type) ? ((Integer) a.get("nlink")).longValue() : 0,
        type == Node.Type.DEV || type == Node.Type.CHARDEV ? (Long) a.get("rdev") : 0,
        Posix.attributes(path));
  }

  private void learn(Path path, long uid, long gid) throws IOException {
    PosixFileAttributes owner =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    users.put(uid, known(owner.owner().getName(), uid));
    groups.put(gid, known(owner.group().getName(), gid));
  }

  private static String known(String name, long id) {
    return name.equals(Long.toString(id)) ? "" : name;
  }

  private static Node.Type type(int mode) {
    return switch (mode & FORMAT) {
      case 0100000 -> Node.Type.FILE;
      case 0040000 -> Node.Type.DIR;
      case 0120000 -> Node.Type.SYMLINK;
      case 0060000 -> Node.Type.DEV;
      case 0020000 -> Node.Type.CHARDEV;
      case 0010000 -> Node.Type.FIFO;
      case 0140000 -> Node.Type.SOCKET;
      default -> Node.Type.UNKNOWN;
    };
  }

  private static long goMode(int mode, Node.Type type) {
    long kind =
        switch (type) {
          case DIR -> 1L << 31;
          case SYMLINK -> 1L << 27;
          case DEV -> 1L << 26;
          case CHARDEV -> 1L << 26 | 1L << 21;
          case FIFO -> 1L << 25;
          case SOCKET -> 1L << 24;
          default -> 0;
        };
    return mode & 0777
        | kind
        | ((mode & 04000) != 0 ? 1L << 23 : 0)
        | ((mode & 02000) != 0 ? 1L << 22 : 0)
        | ((mode & 01000) != 0 ? 1L << 20 : 0);
  }

  /** The permissions as the system numbers them. */
  public static int permissions(long goMode) {
    return (int) (goMode & 0777)
        | ((goMode & 1L << 23) != 0 ? 04000 : 0)
        | ((goMode & 1L << 22) != 0 ? 02000 : 0)
        | ((goMode & 1L << 20) != 0 ? 01000 : 0);
  }
}
