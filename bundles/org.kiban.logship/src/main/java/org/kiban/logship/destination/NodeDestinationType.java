package org.kiban.logship.destination;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.logship.Declaration;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.DestinationType;
import org.kiban.logship.tls.Addresses;
import org.kiban.logship.tls.Peer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code type=node}: another Kiban node, by its name and authority. */
@Component(service = DestinationType.class)
public final class NodeDestinationType implements DestinationType {

  private final NodePaths paths;
  private final TlsIdentity identity;

  /** Takes what the node is. */
  @Activate
  public NodeDestinationType(@Reference NodePaths paths, @Reference TlsIdentity identity) {
    this.paths = paths;
    this.identity = identity;
  }

  @Override
  public String name() {
    return "node";
  }

  @Override
  public Destination open(MunicipalityCode code, Declaration declaration, Path directory) {
    declaration.only(Set.of("type", "address", "peer"));
    Peer peer = Addresses.peer(declaration, paths.etc());
    InetSocketAddress address = Addresses.of(declaration, "address");
    return new NodeDestination(
        code,
        paths.nodeName(),
        peer,
        address,
        identity,
        task -> new Thread(task, "kiban-logship-" + declaration.name()));
  }
}
