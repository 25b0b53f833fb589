package org.kiban.control.api;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where a node's socket lies. */
public final class SocketPath {

  /** What operating systems accept as a socket's path, in bytes: 103 on the strictest. */
  public static final int MAX_LENGTH = 100;

  private SocketPath() {}

  /**
   * The directory of everything about the control door.
   *
   * @param data {@code KIBAN_DATA}
   */
  public static Path directory(Path data) {
    return data.resolve("node").resolve("control");
  }

  /**
   * The file whose one line is the path of the socket that the node listens on.
   *
   * @param data {@code KIBAN_DATA}
   */
  public static Path pointer(Path data) {
    return directory(data).resolve("path");
  }

  /**
   * Where the socket lies unless that path is too long for the operating system.
   *
   * @param data {@code KIBAN_DATA}
   */
  public static Path usual(Path data) {
    return directory(data).resolve("kiban.sock");
  }

  /**
   * Whether the operating system accepts a path as a socket's.
   *
   * @param path an absolute path
   */
  public static boolean fits(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_LENGTH;
  }
}
