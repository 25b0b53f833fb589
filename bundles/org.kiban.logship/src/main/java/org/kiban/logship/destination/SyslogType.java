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

/** {@code type=syslog}: a syslog receiver over mutual TLS. */
@Component(service = DestinationType.class)
public final class SyslogType implements DestinationType {

  private final NodePaths paths;
  private final TlsIdentity identity;

  /** Takes what the node is. */
  @Activate
  public SyslogType(@Reference NodePaths paths, @Reference TlsIdentity identity) {
    this.paths = paths;
    this.identity = identity;
  }

  @Override
  public String name() {
    return "syslog";
  }

  @Override
  public Destination open(MunicipalityCode code, Declaration declaration, Path directory) {
    declaration.only(Set.of("type", "address", "peer"));
    Peer peer = Addresses.peer(declaration, paths.etc());
    InetSocketAddress address = Addresses.of(declaration, "address");
    return new SyslogDestination(paths.nodeName(), () -> peer.connect(identity, address));
  }
}
