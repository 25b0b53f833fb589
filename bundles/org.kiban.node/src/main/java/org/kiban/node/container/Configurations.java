package org.kiban.node.container;

import java.io.IOException;
import java.util.Map;

/** The configurations that the node itself has made, in the container. Safe for any thread. */
public interface Configurations {

  /**
   * Returns those that are there, by PID ({@code org.kiban.<capability>~<code>} for instances).
   *
   * @throws IOException if they cannot be read
   */
  Map<String, Map<String, Object>> managed() throws IOException;

  /**
   * Creates or changes one.
   *
   * @throws IOException if it cannot be stored
   */
  void put(String pid, Map<String, Object> values) throws IOException;

  /**
   * Removes one.
   *
   * @throws IOException if it cannot be removed
   */
  void delete(String pid) throws IOException;
}
