package org.kiban.core.storage;

import java.io.IOException;
import java.nio.file.Path;
import javax.crypto.SecretKey;

/** Opens journals. An OSGi service, safe for any thread. */
public interface Journals {

  /**
   * Opens a journal for writing, creating it if it is missing. A torn tail (an append that a crash
   * cut) is removed; an entry damaged anywhere else is an error, never cut away.
   *
   * @param directory a directory that holds this journal alone; created if missing
   * @param key an AES-256 key that payloads are encrypted with (AES-GCM)
   * @throws IOException if another process holds it, an entry before the tail is damaged, or the
   *     key is not the one it was written with
   */
  Journal open(Path directory, SecretKey key) throws IOException;
}
