package org.kiban.core.storage;

import java.io.IOException;
import java.nio.file.Path;

/** Opens batches of files. An OSGi service, safe for any thread. */
public interface FileBatches {

  /**
   * Opens a batch; cheap, but it may hold the file system in use until it is closed.
   *
   * @param directory an existing directory on the file system that most of the files will be on;
   *     files on another one are synced one by one
   * @throws IOException if the directory cannot be opened
   */
  FileBatch open(Path directory) throws IOException;
}
