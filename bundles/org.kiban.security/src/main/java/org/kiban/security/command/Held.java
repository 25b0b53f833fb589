package org.kiban.security.command;

import java.util.List;
import org.kiban.core.Municipalities;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.keys.NodeSecrets;
import org.kiban.core.keys.Secrets;

/**
 * The secrets of whom an operator names.
 *
 * @param code a municipality that is served; null for the node
 */
record Held(MunicipalityCode code, Secrets secrets, NodeSecrets ofNode) {

  /** What stands for the node where a municipality's code could stand. */
  static final String NODE = "node";

  /**
   * Of a municipality, or of the {@code node}.
   *
   * @throws org.kiban.core.KibanException if the node serves no such municipality
   */
  static Held by(String owner, Municipalities served, Secrets secrets, NodeSecrets ofNode) {
    MunicipalityCode code = owner.equals(NODE) ? null : served.require(owner).code();
    return new Held(code, secrets, ofNode);
  }

  List<String> names() {
    return code == null ? ofNode.names() : secrets.names(code);
  }

  void put(String name, String value) {
    if (code == null) {
      ofNode.put(name, value);
    } else {
      secrets.put(code, name, value);
    }
  }

  boolean remove(String name) {
    return code == null ? ofNode.remove(name) : secrets.remove(code, name);
  }
}
