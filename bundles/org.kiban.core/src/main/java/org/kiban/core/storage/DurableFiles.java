package org.kiban.core.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * The only way to write a state file. A crash, a kill or a power cut at any moment leaves the old
 * content or the new, never a part. An OSGi service, safe for any thread; two writers of one path
 * leave one of their contents whole.
 */
public interface DurableFiles {

  /** Writes a file's content; called once, on the caller's thread. */
  @FunctionalInterface
  interface Content {
    /**
     * @param out buffered; closed by the caller of this method
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes or replaces a file with mode 0600: temporary file in the same directory, fsync, rename,
   * fsync of the directory. On return the content survives a power cut. On an exception the old
   * file is untouched and the temporary one gone.
   *
   * @param target the file; its directory must exist
   * @param content what to write
   * @throws IOException if the disk is full or the directory cannot be written
   */
  void write(Path target, Content content) throws IOException;

  /**
   * The same for a file that lies in memory and will not be read again soon. Where the file system
   * can, a large one goes to the disk without passing through the system's memory of files, which
   * is quicker and leaves that memory to others.
   *
   * @param content what to write, not changed meanwhile
   * @param length how many of its bytes
   */
  default void write(Path target, byte[] content, int length) throws IOException {
    write(target, out -> out.write(content, 0, length));
  }

  /**
   * Renames within one file system, then syncs both directories. An existing target is replaced.
   *
   * @throws IOException if the two are not on one file system, or the source is missing
   */
  void move(Path source, Path target) throws IOException;

  /**
   * Removes a file if it exists, then syncs its directory.
   *
   * @throws IOException if it cannot be removed
   */
  void delete(Path file) throws IOException;

  /**
   * Makes earlier creations, renames and removals in a directory survive a power cut.
   *
   * @param directory an existing directory
   * @throws IOException if it cannot be opened
   */
  void syncDirectory(Path directory) throws IOException;
}
