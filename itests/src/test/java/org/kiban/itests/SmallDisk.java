package org.kiban.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A small file system that can be filled, and directories that can be made read-only, by mounting
 * (root only). Closing unmounts.
 */
final class SmallDisk implements AutoCloseable {

  private final Path directory;
  private final Deque<Path> mounted = new ArrayDeque<>();

  /**
   * Makes a directory a file system of its own if this user may.
   *
   * @param mebibytes its size
   */
  SmallDisk(Path directory, int mebibytes) {
    this.directory = directory;
    if (mount("-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", directory.toString())) {
      mounted.push(directory);
    }
  }

  /** Whether this user could mount, so that the disk can be filled. */
  boolean isMounted() {
    return !mounted.isEmpty();
  }

  /** Whether {@link #readOnly} has an effect: root writes everywhere that is not mounted so. */
  boolean canProtect() {
    return isMounted() || !"root".equals(System.getProperty("user.name"));
  }

  /**
   * Writes until nothing fits any more, also into room that others gave back since the last call.
   */
  void fill() {
    byte[] chunk = new byte[1 << 20];
    for (int size = chunk.length; size > 0; size /= 16) {
      try (OutputStream out =
          Files.newOutputStream(
              ballast().resolveSibling("ballast-" + size),
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND)) {
        while (true) {
          out.write(chunk, 0, size);
        }
      } catch (IOException full) {
        continue;
      }
    }
  }

  /** Gives the room back. */
  void free() throws IOException {
    for (int size = 1 << 20; size > 0; size /= 16) {
      Files.deleteIfExists(ballast().resolveSibling("ballast-" + size));
    }
  }

  private Path ballast() {
    return directory.resolve("ballast");
  }

  /** Lets nobody write to a directory until {@link #writable}. */
  void readOnly(Path place) {
    if (isMounted()) {
      Shell.run(List.of("mount", "--bind", place.toString(), place.toString())).expect(0);
      mounted.push(place);
      Shell.run(List.of("mount", "-o", "remount,ro,bind", place.toString())).expect(0);
    } else {
      Shell.run(List.of("chmod", "-R", "a-w", place.toString())).expect(0);
    }
  }

  /** Undoes {@link #readOnly}. */
  void writable(Path place) {
    if (isMounted()) {
      mounted.remove(place);
      Shell.run(List.of("umount", place.toString())).expect(0);
    } else {
      Shell.run(List.of("chmod", "-R", "u+w", place.toString())).expect(0);
    }
  }

  private static boolean mount(String... arguments) {
    List<String> command = new java.util.ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    return Shell.run(command).status() == 0;
  }

  @Override
  public void close() {
    while (!mounted.isEmpty()) {
      Shell.run(List.of("umount", "-l", mounted.pop().toString()));
    }
  }
}
