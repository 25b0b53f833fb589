package org.kiban.logship;

import java.nio.file.Path;
import java.util.List;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.keys.Keys;
import org.kiban.core.keys.Secrets;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journals;
import org.kiban.logship.destination.OpenSearchType;
import org.kiban.logship.destination.PeerType;
import org.kiban.logship.local.LocalType;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.DestinationType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * All ways to send, as one service: whoever has it has all of them, and never takes a word of the
 * configuration for unknown because its service has not come yet. Safe for any thread.
 */
@Component(service = DestinationTypes.class)
public final class DestinationTypes {

  private final List<DestinationType> types;

  /** Takes what the node is. */
  @Activate
  public DestinationTypes(
      @Reference NodePaths paths,
      @Reference TlsIdentity identity,
      @Reference Keys keys,
      @Reference Secrets secrets,
      @Reference DurableFiles files,
      @Reference Journals journals) {
    this.types =
        List.of(
            new LocalType(paths, journals, keys),
            PeerType.node(paths, identity),
            new OpenSearchType(paths, identity, secrets, files),
            PeerType.syslog(paths, identity));
  }

  /**
   * Makes the destination ready that a line declares.
   *
   * @param code whose events it will take
   * @param line of the configuration
   * @param directory its own, exists
   * @throws org.kiban.core.KibanException if there is no such type, or the line cannot be used
   */
  public Destination open(MunicipalityCode code, Declaration line, Path directory) {
    String word = line.require("type");
    return types.stream()
        .filter(type -> type.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                line.bad(
                    "type", String.join(", ", types.stream().map(DestinationType::name).toList())))
        .open(code, line, directory);
  }
}
