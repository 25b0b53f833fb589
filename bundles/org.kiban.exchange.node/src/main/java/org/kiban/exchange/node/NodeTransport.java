package org.kiban.exchange.node;

import java.io.IOException;
import java.util.Set;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Transport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * From node to node, broker to broker: {@code transport: node}, way out with {@code peer: <name>}.
 */
@Component
public final class NodeTransport implements Transport {

  private final Links links;
  private final DurableFiles files;

  /** Connects to nothing yet. */
  @Activate
  public NodeTransport(@Reference Peers peers, @Reference DurableFiles files) {
    this((Links) peers, files);
  }

  NodeTransport(Links links, DurableFiles files) {
    this.links = links;
    this.files = files;
  }

  @Override
  public String type() {
    return "node";
  }

  @Override
  public Inbound openInbound(Endpoint endpoint) throws IOException {
    check(endpoint, Set.of());
    return new NodeInbound(new Link(() -> links.local(endpoint.municipality())), endpoint, files);
  }

  @Override
  public Outbound openOutbound(Endpoint endpoint) throws IOException {
    check(endpoint, Set.of("peer"));
    String peer = endpoint.options().get("peer");
    if (peer == null) {
      throw new IllegalArgumentException("peer: missing; it names the node to send to");
    }
    links.peer(peer, endpoint.municipality());
    return new NodeOutbound(
        new Link(() -> links.peer(peer, endpoint.municipality())),
        endpoint,
        links.nodeName(),
        peer,
        files);
  }

  private static void check(Endpoint endpoint, Set<String> known) {
    for (String option : endpoint.options().keySet()) {
      if (!known.contains(option)) {
        throw new IllegalArgumentException(option + ": unknown option of transport node");
      }
    }
  }
}
