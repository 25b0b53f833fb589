package org.kiban.logship.destination;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.logship.frame.FrameClient;
import org.kiban.logship.frame.FrameSink;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.tls.Peer;

/** Another Kiban node. It holds the positions; a connection is made when one is asked for. */
final class NodeDestination implements Destination {

  private final MunicipalityCode code;
  private final String ownNode;
  private final Peer peer;
  private final InetSocketAddress address;
  private final TlsIdentity identity;
  private final ThreadFactory threads;
  private FrameClient client;

  NodeDestination(
      MunicipalityCode code,
      String ownNode,
      Peer peer,
      InetSocketAddress address,
      TlsIdentity identity,
      ThreadFactory threads) {
    this.code = code;
    this.ownNode = ownNode;
    this.peer = peer;
    this.address = address;
    this.identity = identity;
    this.threads = threads;
  }

  @Override
  public Position position(Origin source, Position remembered) throws IOException {
    try {
      return SegmentFrames.position(connected().mark(SegmentFrames.lane(source, ownNode)));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public CompletableFuture<Position> send(Segment segment) throws IOException {
    FrameClient now = current();
    if (now == null) {
      throw new IOException("not connected to " + peer.name());
    }
    return now.send(SegmentFrames.pack(segment, ownNode))
        .thenCompose(fate -> settled(fate, segment));
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private CompletableFuture<Position> settled(FrameSink.Fate fate, Segment segment) {
    return switch (fate) {
      case STORED, KNOWN -> CompletableFuture.completedFuture(segment.after());
      case FULL ->
          CompletableFuture.failedFuture(
              new IOException(peer.name() + " has no room for logs of " + code));
      case OUT_OF_PLACE ->
          CompletableFuture.failedFuture(
              new IOException(peer.name() + " has this source up to another place"));
    };
  }

  private synchronized FrameClient current() {
    return client;
  }

  private synchronized FrameClient connected() throws IOException {
    if (client == null) {
      client = new FrameClient(peer.connect(identity, address), code.toString(), threads);
    }
    return client;
  }
}
