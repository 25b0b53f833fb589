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

/** A way to a machine that is known by its name and authority and reached at an address. */
public final class PeerType implements DestinationType {

  private interface Opening {
    Destination open(MunicipalityCode code, String named, Peer peer, InetSocketAddress address);
  }

  private final String name;
  private final Path etc;
  private final Opening opening;

  private PeerType(String name, Path etc, Opening opening) {
    this.name = name;
    this.etc = etc;
    this.opening = opening;
  }

  /** {@code type=node}: another Kiban node. */
  public static PeerType node(NodePaths paths, TlsIdentity identity) {
    return new PeerType(
        "node",
        paths.etc(),
        (code, named, peer, address) ->
            new NodeDestination(
                code,
                paths.nodeName(),
                peer,
                address,
                identity,
                task -> new Thread(task, "kiban-logship-" + named)));
  }

  /** {@code type=syslog}: a syslog receiver over mutual TLS. */
  public static PeerType syslog(NodePaths paths, TlsIdentity identity) {
    return new PeerType(
        "syslog",
        paths.etc(),
        (code, named, peer, address) ->
            new SyslogDestination(paths.nodeName(), () -> peer.connect(identity, address)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Destination open(MunicipalityCode code, Declaration declaration, Path directory) {
    declaration.only(Set.of("type", "address", "peer"));
    Peer peer = Addresses.peer(declaration, etc);
    InetSocketAddress address = Addresses.of(declaration, "address");
    return opening.open(code, declaration.name(), peer, address);
  }
}
