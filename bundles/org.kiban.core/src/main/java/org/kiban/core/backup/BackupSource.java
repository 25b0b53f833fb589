package org.kiban.core.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kiban.core.MunicipalityCode;

/**
 * Something that backups save: whoever keeps state registers one of these as an OSGi service, for a
 * municipality or for the node. What lies below {@code KIBAN_DATA} and {@code etc/} is saved
 * anyway, and journals and databases of the node are copied as of one moment; a source is needed
 * for files that must not be read while they are written, and for what lies elsewhere.
 *
 * <p>A backup calls {@link #prepare} of every source, then keeps all journals as they are, calls
 * {@link View#atMoment} of every view, lets the journals go on, reads the files, and closes the
 * views. Calls come from one thread at a time.
 */
public interface BackupSource {

  /** A short name, lower-case letters and hyphens, by which configurations and messages know it. */
  String name();

  /** Whose data it is; empty if it is the node's. */
  Optional<MunicipalityCode> municipality();

  /**
   * Whether a source of the node saves the same, so that backups of the whole node leave this one
   * out.
   */
  default boolean isSavedByNode() {
    return false;
  }

  /**
   * Makes ready what takes time, such as an export of a database.
   *
   * @param staging takes copies
   * @throws IOException if it cannot; the backup then fails, since it would not be whole
   */
  View prepare(Staging staging) throws IOException;

  /** What is to be read, until it is closed. */
  @FunctionalInterface
  interface View extends Closeable {

    /**
     * Fixes what must belong to the same moment as everything else; no journal of the node grows
     * meanwhile, so it must be quick (well below a second).
     *
     * @throws IOException if it cannot; the backup then fails
     */
    default void atMoment() throws IOException {
      // most have nothing to fix
    }

    /** Files and directories to be read as they lie there, absolute. */
    List<Path> paths();

    /** What is left out below them, absolute; what has a stand-in is left out by itself. */
    default List<Path> excludes() {
      return List.of();
    }

    /** Lets go of what was held; never fails for what is gone. */
    @Override
    default void close() {
      // most hold nothing: staged copies are not theirs
    }
  }

  /** What is read once. */
  @FunctionalInterface
  interface Content {

    /**
     * Begins to read.
     *
     * @return its close fails if what was read is not whole; the backup then fails
     * @throws IOException if it cannot be read; the backup then fails
     */
    InputStream open() throws IOException;
  }

  /** Takes copies that are saved in the place of what changes. Emptied after each backup. */
  interface Staging {

    /**
     * Where a copy goes that stands for a file or directory: a restore puts it back there.
     *
     * @param live what it stands for, absolute
     * @return a path that does not exist yet, in a directory that does
     * @throws IOException if the directory cannot be made
     */
    Path standIn(Path live) throws IOException;

    /**
     * Keeps every regular file of a tree as it is now: by a hard link where it can, else by a copy.
     * Right for files that are replaced or removed, but never changed in place. What goes meanwhile
     * is left out.
     *
     * @param live a file or directory, absolute; need not exist
     * @throws IOException if a file cannot be kept
     */
    void keep(Path live) throws IOException;

    /**
     * Has something saved as a file while it is read, for what is too large to be written here
     * first. It is read once, by another thread, before the view is closed; where nobody can, it is
     * copied at once.
     *
     * @param live the file that it stands for: a restore puts it there
     * @param content what is in it
     * @throws IOException if there is no place for it
     */
    default void stream(Path live, Content content) throws IOException {
      try (InputStream in = content.open()) {
        Files.copy(in, standIn(live));
      }
    }
  }
}
