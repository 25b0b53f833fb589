package org.kiban.core.keys;

import java.util.List;
import java.util.Optional;

/**
 * Secrets of the node itself, for what belongs to no municipality, such as the place of its backup.
 * Encrypted at rest. A service of its own, so that who may read those of municipalities does not
 * reach these. An OSGi service, safe for any thread. Reads a small file at every call; nothing is
 * kept in memory.
 */
public interface NodeSecrets {

  /**
   * Returns a secret's value, or nothing if there is none of that name. Never log it.
   *
   * @throws org.kiban.core.KibanException if it is damaged or cannot be read
   */
  Optional<String> find(String name);

  /**
   * Returns the names, in order.
   *
   * @throws org.kiban.core.KibanException if they cannot be listed
   */
  List<String> names();

  /**
   * Stores or replaces a secret; durable on return.
   *
   * @param name lower-case letters, digits and hyphens, 1 to 64 of them
   * @param value 1 to 65,536 characters
   * @throws org.kiban.core.KibanException (usage) if name or value are not such; (failed) if it
   *     cannot be written
   */
  void put(String name, String value);

  /**
   * Removes a secret; durable on return.
   *
   * @return false if there was none
   * @throws org.kiban.core.KibanException if it cannot be removed
   */
  boolean remove(String name);
}
