package org.kiban.core.storage;

import java.io.IOException;
import java.nio.file.Path;
import javax.crypto.SecretKey;

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
}
