package org.kiban.core.keys;

import javax.crypto.SecretKey;
import org.kiban.core.MunicipalityCode;

/**
 * Symmetric keys for data at rest. An OSGi service, safe for any thread. Each municipality has a
 * random key of its own, made at its first use; the key for a purpose is derived from it (HKDF, RFC
 * 5869), so that no two purposes and no two municipalities share one.
 */
public interface Keys {

  /**
   * A municipality's AES-256 key for one purpose; the same at every call.
   *
   * @param code the municipality
   * @param purpose a fixed name such as {@code exchange-journal}
   * @throws org.kiban.core.KibanException if the key store cannot be read or written
   */
  SecretKey municipality(MunicipalityCode code, String purpose);

  /**
   * The node's own AES-256 key for one purpose.
   *
   * @param purpose a fixed name
   * @throws org.kiban.core.KibanException if the key store cannot be read or written
   */
  SecretKey node(String purpose);
}
