package org.kiban.backup.tree;

import java.util.Arrays;
import java.util.List;
import org.kiban.backup.repository.Id;

/**
 * An entry of a directory.
 *
 * @param name its bytes
 * @param meta all that is known but not its content
 * @param content the blobs of a file; empty of others
 * @param subtree a directory's tree, else null
 * @param target where a symbolic link points, else null
 */
public record Node(byte[] name, Meta meta, List<Id> content, Id subtree, byte[] target) {

  /** What it is; the word in the format. */
  public enum Type {
    /** A regular file. */
    FILE,
    /** A directory. */
    DIR,
    /** A symbolic link. */
    SYMLINK,
    /** A block device. */
    DEV,
    /** A character device. */
    CHARDEV,
    /** A named pipe. */
    FIFO,
    /** A socket, which is not restored. */
    SOCKET,
    /** What this version does not know. */
    UNKNOWN;

    /** The word in the format. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Type of(String word) {
      return Arrays.stream(values()).filter(t -> t.word().equals(word)).findFirst().orElse(UNKNOWN);
    }
  }

  /**
   * An extended attribute.
   *
   * @param value may be empty
   */
  public record Attribute(String name, byte[] value) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Attribute a && a.name.equals(name) && Arrays.equals(a.value, value);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  /**
   * What is known of an entry beside its content.
   *
   * @param mode permissions and kind as the Go language numbers them
   * @param deviceId the file system
   * @param links how many names it has
   * @param device of a device
   */
  public record Meta(
      Type type,
      long mode,
      Time mtime,
      Time atime,
      Time ctime,
      long uid,
      long gid,
      String user,
      String group,
      long inode,
      long deviceId,
      long size,
      long links,
      long device,
      List<Attribute> attributes) {

    /** Of a file that only the owner of this directory reads, made now. */
    public Meta ownFile(Time now) {
      return new Meta(
          Type.FILE, 0600, now, now, now, uid, gid, user, group, 0, deviceId, 0, 1, 0, List.of());
    }

    /** The same with another size. */
    public Meta withSize(long other) {
      return new Meta(
          type,
          mode,
          mtime,
          atime,
          ctime,
          uid,
          gid,
          user,
          group,
          inode,
          deviceId,
          other,
          links,
          device,
          attributes);
    }
  }

  /** What it is. */
  public Type type() {
    return meta.type();
  }

  /** The name as a person reads it. */
  public String display() {
    String text = Names.utf8(name);
    return text == null ? Names.quote(name) : text;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Node n
        && Arrays.equals(name, n.name)
        && meta.equals(n.meta)
        && content.equals(n.content)
        && java.util.Objects.equals(subtree, n.subtree)
        && Arrays.equals(target, n.target);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(name);
  }
}
