package org.kiban.core.keys;

import java.util.List;
import java.util.Optional;
import org.kiban.core.MunicipalityCode;

/**
 * Secrets of municipalities (passwords, keys of partners), encrypted at rest, each readable through
 * its own municipality only. An OSGi service, safe for any thread. Reads a small file at every
 * call; nothing is kept in memory.
 */
public interface Secrets {

  /**
   * Returns a secret's value, or nothing if the municipality has none of that name. Never log it.
   *
   * @param code whose secret
   * @param name its name
   * @throws org.kiban.core.KibanException if it is damaged or cannot be read
   */
  Optional<String> find(MunicipalityCode code, String name);

  /**
   * Returns the names of a municipality's secrets, in order.
   *
   * @throws org.kiban.core.KibanException if they cannot be listed
   */
  List<String> names(MunicipalityCode code);

  /**
   * Stores or replaces a secret; durable on return.
   *
   * @param code whose secret
   * @param name lower-case letters, digits and hyphens, 1 to 64 of them
   * @param value 1 to 65,536 characters
   * @throws org.kiban.core.KibanException (usage) if name or value are not such; (failed) if it
   *     cannot be written
   */
  void put(MunicipalityCode code, String name, String value);

  /**
   * Removes a secret; durable on return.
   *
   * @return false if there was none
   * @throws org.kiban.core.KibanException if it cannot be removed
   */
  boolean remove(MunicipalityCode code, String name);
}
