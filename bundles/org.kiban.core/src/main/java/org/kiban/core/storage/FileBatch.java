package org.kiban.core.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Files that are written under a working name, many at a time, made durable by one call, and only
 * then renamed to where others see them. What is not known to be on disk cannot be renamed. Safe
 * for several threads, each with other files.
 */
public interface FileBatch extends Closeable {

  /**
   * Writes or replaces a file; durable after the next {@link #sync}. A symbolic link in its place
   * is not followed.
   *
   * @param file in an existing directory
   * @param content read to its end; closed by the caller
   * @throws IOException if it cannot be written; what lies there then counts as lost
   */
  void write(Path file, InputStream content) throws IOException;

  /**
   * Renames a file, replacing what has the new name; durable after the next {@link #sync}.
   *
   * @throws IOException if it cannot be renamed, or was written by this batch and is not known to
   *     be on disk
   */
  void move(Path from, Path to) throws IOException;

  /**
   * Makes every write, and every rename in the directories that were written or renamed in, survive
   * a power cut, if it was done before this call.
   *
   * @throws IOException if it is not certain that they do; every file that was written and not
   *     synced before, by whatever thread, then counts as lost and must be written again
   */
  void sync() throws IOException;

  /** Whether a file was not written by this batch, or was synced since. */
  boolean isDurable(Path file);

  /** Lets go of the file system. Syncs nothing. */
  @Override
  void close() throws IOException;
}
