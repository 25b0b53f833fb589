package org.kiban.core.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.crypto.SecretKey;
import org.kiban.core.backup.BackupSource.Staging;

/** Opens journals. An OSGi service, safe for any thread. */
public interface Journals {

  /**
   * Opens a journal for writing, creating it if it is missing. A torn tail (an append that a crash
   * cut) is removed; any other damage in the newest segment is an error, never cut away. Of older
   * segments only presence, length and header are checked, so that opening takes no longer as the
   * journal grows; {@link Journal#read} and {@link Journal#verify} check their entries.
   *
   * @param directory a directory that holds this journal alone; created if missing
   * @param key an AES-256 key that payloads are encrypted with (AES-GCM)
   * @throws IOException if another process holds it, it is damaged before its tail, or the key is
   *     not the one it was written with
   */
  Journal open(Path directory, SecretKey key) throws IOException;

  /**
   * Keeps the journals in a directory and below as they are: appends wait until the hold is closed.
   * For copies that belong to one moment, for as short as possible.
   *
   * @param below an existing directory
   * @throws IOException if the directory cannot be read
   */
  Hold hold(Path below) throws IOException;

  /** Journals that stand still. Used by one thread. */
  interface Hold extends Closeable {

    /** The directories of the journals that are open, by path. */
    List<Path> journals();

    /**
     * Copies a journal's files, so that what stands for its directory opens under the same key and
     * ends where the journal does now. The rest of the directory is of no worth.
     *
     * @param journal one of {@link #journals}
     * @throws IOException if it cannot be read or written
     */
    void copy(Path journal, Staging staging) throws IOException;

    /** Lets appends go on. */
    @Override
    void close();
  }
}
