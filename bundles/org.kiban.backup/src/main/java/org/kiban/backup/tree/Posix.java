package org.kiban.backup.tree;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calls of the C library that Java lacks: extended attributes of any kind (access lists among
 * them), times of symbolic links to the nanosecond, pipes and devices.
 */
public final class Posix {

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int TOO_SMALL = 34;
  private static final int NOT_SUPPORTED = 95;
  private static final int NAMES = 1024; // enough for nearly all
  private static final int NAMES_MOST = 65_536; // what the kernel allows

  /** What is called; registered directly, since it is called for every file. */
  private static final class LibC {
    static {
      Native.register(LibC.class, "c");
    }

    private LibC() {}

    static native long llistxattr(byte[] path, byte[] list, long size) throws LastErrorException;

    static native long lgetxattr(byte[] path, byte[] name, byte[] value, long size)
        throws LastErrorException;

    static native int lsetxattr(byte[] path, byte[] name, byte[] value, long size, int flags)
        throws LastErrorException;

    static native int utimensat(int fd, byte[] path, long[] times, int flags)
        throws LastErrorException;

    static native int symlink(byte[] target, byte[] path) throws LastErrorException;

    static native long readlink(byte[] path, byte[] target, long size) throws LastErrorException;

    static native int lchown(byte[] path, int user, int group) throws LastErrorException;

    static native int mknod(byte[] path, int mode, long device) throws LastErrorException;
  }

  private Posix() {}

  private static byte[] zero(byte[] text) {
    return Arrays.copyOf(text, text.length + 1);
  }

  /** The extended attributes of a file, not of what a link points to. */
  public static List<Node.Attribute> attributes(Path path) throws IOException {
    byte[] file = zero(RawNames.bytes(path));
    try {
      byte[] list = new byte[NAMES];
      int length = names(file, list);
      if (length < 0) {
        list = new byte[NAMES_MOST];
        length = (int) LibC.llistxattr(file, list, list.length);
      }
      if (length == 0) {
        return List.of();
      }
      List<Node.Attribute> attributes = new ArrayList<>();
      for (int from = 0; from < length; ) {
        int to = from;
        while (list[to] != 0) {
          to++;
        }
        byte[] name = Arrays.copyOfRange(list, from, to);
        attributes.add(
            new Node.Attribute(new String(name, StandardCharsets.UTF_8), value(file, zero(name))));
        from = to + 1;
      }
      return attributes;
    } catch (LastErrorException e) {
      if (e.getErrorCode() == NOT_SUPPORTED) {
        return List.of(); // a file system that has none
      }
      throw new IOException(path + ": extended attributes: " + e.getMessage(), e);
    }
  }

  /** The names, each with a zero behind it; -1 if they need more room. */
  private static int names(byte[] file, byte[] list) {
    try {
      return (int) LibC.llistxattr(file, list, list.length);
    } catch (LastErrorException e) {
      if (e.getErrorCode() == TOO_SMALL) {
        return -1;
      }
      throw e;
    }
  }

  private static byte[] value(byte[] file, byte[] name) {
    byte[] value = new byte[(int) LibC.lgetxattr(file, name, null, 0)];
    if (value.length > 0) {
      LibC.lgetxattr(file, name, value, value.length);
    }
    return value;
  }

  /** Sets an extended attribute. */
  public static void set(Path path, Node.Attribute attribute) throws IOException {
    try {
      LibC.lsetxattr(
          zero(RawNames.bytes(path)),
          zero(attribute.name().getBytes(StandardCharsets.UTF_8)),
          attribute.value(),
          attribute.value().length,
          0);
    } catch (LastErrorException e) {
      throw new IOException(path + ": " + attribute.name() + ": " + e.getMessage(), e);
    }
  }

  /** Sets times to the nanosecond; opens nothing, so a pipe does not block. */
  public static void times(Path path, Time atime, Time mtime) throws IOException {
    // As a system of 64 bits has them: seconds and nanoseconds, each a long.
    long[] times = {atime.seconds(), atime.nanos(), mtime.seconds(), mtime.nanos()};
    try {
      LibC.utimensat(AT_FDCWD, zero(RawNames.bytes(path)), times, AT_SYMLINK_NOFOLLOW);
    } catch (LastErrorException e) {
      throw new IOException(path + ": times: " + e.getMessage(), e);
    }
  }

  /** Gives a file itself, not what a link points to, to a user and a group. */
  public static void owner(Path path, long user, long group) throws IOException {
    try {
      LibC.lchown(zero(RawNames.bytes(path)), (int) user, (int) group);
    } catch (LastErrorException e) {
      throw new IOException(path + ": owner: " + e.getMessage(), e);
    }
  }

  /** Where a symbolic link points, as the bytes are. */
  public static byte[] link(Path path) throws IOException {
    byte[] target = new byte[4097];
    try {
      int length = (int) LibC.readlink(zero(RawNames.bytes(path)), target, target.length);
      return Arrays.copyOf(target, length);
    } catch (LastErrorException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  /** Makes a symbolic link. */
  public static void symlink(Path path, byte[] target) throws IOException {
    try {
      LibC.symlink(zero(target), zero(RawNames.bytes(path)));
    } catch (LastErrorException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  /** Makes a pipe or a device. */
  public static void special(Path path, int mode, long device) throws IOException {
    try {
      LibC.mknod(zero(RawNames.bytes(path)), mode, device);
    } catch (LastErrorException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }
}
