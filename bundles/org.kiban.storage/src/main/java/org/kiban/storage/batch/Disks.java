package org.kiban.storage.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** File systems that can be synced as a whole. */
interface Disks {

  /**
   * One file system, held in use. It notices every write that failed since it was opened, also one
   * that the kernel tried long before it was asked to sync.
   */
  interface Disk extends Closeable {

    /**
     * Makes everything written before survive a power cut.
     *
     * @throws IOException if a write failed since this was opened or last said so
     */
    void sync() throws IOException;
  }

  /**
   * Opens the file system that a directory is on.
   *
   * @return null if it cannot be synced as a whole, or would not say what failed
   * @throws IOException if the directory cannot be opened
   */
  Disk open(Path directory) throws IOException;
}
