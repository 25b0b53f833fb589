package org.kiban.core.storage;

import java.nio.file.Path;

/**
 * Is told of every file that {@link DurableFiles} wrote, moved or deleted, so that the node can
 * tell its own changes from those made by hand. An OSGi service that the implementation of {@link
 * DurableFiles} uses where it is there. Safe for any thread; returns at once.
 */
@FunctionalInterface
public interface WrittenFiles {

  /**
   * A file's content has changed, or the file is gone.
   *
   * @param file as given to {@link DurableFiles}
   */
  void written(Path file);
}
