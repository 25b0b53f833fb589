package org.kiban.logship.ship;

import java.nio.file.Path;
import org.kiban.core.MunicipalityCode;
import org.kiban.logship.Declaration;

/** A way to send, such as another node or OpenSearch; found by its name. */
public interface DestinationType {

  /** The word of {@code type=} in the configuration. */
  String name();

  /**
   * Makes a destination ready. Connects to nothing yet, so that it works while the receiver is
   * down.
   *
   * @param code whose events it will take
   * @param declaration its line of the configuration
   * @param directory its own, exists; for what it must remember
   * @throws org.kiban.core.KibanException if the declaration cannot be used
   */
  Destination open(MunicipalityCode code, Declaration declaration, Path directory);
}
