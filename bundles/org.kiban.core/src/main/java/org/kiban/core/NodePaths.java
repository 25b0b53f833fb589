package org.kiban.core;

import java.nio.file.Path;

/**
 * Where things lie on this node (design section 4). An OSGi service; the answers never change while
 * the node runs. Safe for any thread. All paths are absolute.
 */
public interface NodePaths {

  /** The node's name in its network: never an address, since members' addresses overlap. */
  String nodeName();

  /** {@code KIBAN_HOME}: the program. */
  Path home();

  /** {@code etc/}: what operators edit. */
  Path etc();

  /** {@code KIBAN_DATA}: all state of the node that must survive. */
  Path data();

  /**
   * A capability's directory of the node itself, {@code <KIBAN_DATA>/node/<capability>}. Created
   * (mode 0700) if it is missing.
   *
   * @param capability a capability's name
   * @throws java.io.UncheckedIOException if it cannot be created
   */
  Path nodeDirectory(String capability);

  /**
   * A capability's directory of one municipality, {@code <KIBAN_DATA>/<code>/<capability>}. Created
   * (mode 0700) if it is missing.
   *
   * @param code the municipality
   * @param capability a capability's name
   * @throws java.io.UncheckedIOException if it cannot be created
   */
  Path municipalityDirectory(MunicipalityCode code, String capability);

  /**
   * Whether this process runs a version on trial, or began as one: the version before may go on
   * with the same data, so nothing below {@code KIBAN_DATA} may change its format.
   */
  default boolean onTrial() {
    return false;
  }
}
