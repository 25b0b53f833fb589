package org.kiban.backup.backend;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.kiban.platform.remote.TransientException;

/**
 * Where the files of a repository lie. A file is there whole or not at all, never changes, and is
 * durable when {@link #save} returns. Safe for several threads. What another try may mend is thrown
 * as {@link TransientException}; a place that is full as a {@link org.kiban.core.KibanException}
 * with {@code KBN-BACKUP-044}.
 */
public interface Backend extends Closeable {

  /** What a file is for, and its directory. */
  enum Kind {
    /** The one file {@code config}. */
    CONFIG(""),
    /** A password. */
    KEY("keys"),
    /** Someone is at work. */
    LOCK("locks"),
    /** What was backed up when. */
    SNAPSHOT("snapshots"),
    /** What is in which pack. */
    INDEX("index"),
    /** Many blobs. */
    PACK("data");

    private final String directory;

    Kind(String directory) {
      this.directory = directory;
    }

    /** Its directory below the repository. */
    public String directory() {
      return directory;
    }

    /** A file's path below the repository, as other tools find it. */
    public String path(String name) {
      return switch (this) {
        case CONFIG -> "config";
        case PACK -> "data/" + name.substring(0, 2) + '/' + name;
        default -> directory + '/' + name;
      };
    }
  }

  /**
   * A file.
   *
   * @param name 64 hexadecimal digits
   * @param size in bytes
   */
  record Entry(String name, long size) {}

  /** The place as operators know it, without secrets. */
  String location();

  /** Makes the directories; harmless if they are there. */
  void create() throws IOException;

  /**
   * Stores a file, durable on return.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it is there
   * @throws IOException if it is not certain that it is stored
   */
  void save(Kind kind, String name, byte[] content, int length) throws IOException;

  /**
   * Reads a whole file.
   *
   * @throws java.nio.file.NoSuchFileException if it is missing
   */
  byte[] load(Kind kind, String name) throws IOException;

  /**
   * Reads a part of a file.
   *
   * @throws java.nio.file.NoSuchFileException if it is missing
   * @throws java.io.EOFException if it is too short
   */
  void load(Kind kind, String name, long offset, byte[] into, int length) throws IOException;

  /**
   * How long a file is, in bytes.
   *
   * @throws java.nio.file.NoSuchFileException if it is missing
   */
  long size(Kind kind, String name) throws IOException;

  /** Lists the files of a kind; others in its directory are left out. */
  List<Entry> list(Kind kind) throws IOException;

  /**
   * Removes a file.
   *
   * @throws java.nio.file.NoSuchFileException if it is missing
   */
  void delete(Kind kind, String name) throws IOException;

  /**
   * Removes what saves left that were broken off; returns how many files. Nobody else may be at
   * work here.
   */
  default int discardLeftovers() throws IOException {
    return 0; // where a file comes to be whole in one step
  }

  /**
   * Returns if files can be removed here, so that a long task need not find out at its end.
   *
   * @throws org.kiban.core.KibanException ({@code KBN-BACKUP-043}) if only locks can be
   */
  default void requireRemoval() {
    // most can
  }

  /**
   * Brings back what was removed or written over, where the place keeps that. Needs the right to
   * remove.
   *
   * @return how many files are there again as they were
   */
  default int bringBack() throws IOException {
    return 0; // most places forget
  }
}
