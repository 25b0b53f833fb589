package org.kiban.logship.receive;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.logship.LogCode;
import org.kiban.logship.frame.FrameServer;
import org.kiban.logship.frame.FrameSink;
import org.kiban.logship.frame.Listener;
import org.kiban.logship.tls.Peer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's listeners, for frames of other nodes and for syslog of machines; there is none while
 * no municipality accepts anybody. A change of who may send opens them anew, and senders come back
 * by themselves.
 */
@Component(
    service = LogReceiver.class,
    immediate = true,
    configurationPid = "org.kiban.logship.receive")
@Designate(ocd = ReceiveSettings.class)
public final class LogReceiver {

  private interface Opening<T> {
    T open(ServerSocket socket, Listener.Tls tls);
  }

  private static final Logger LOG = LoggerFactory.getLogger(LogReceiver.class);
  private static final int BACKLOG = 50;

  private final String host;
  private final TlsIdentity identity;
  private final List<MunicipalReceiver> municipalities;
  private final List<String> shut = new ArrayList<>();
  private final Optional<FrameServer> frames;
  private final Optional<Listener> syslog;

  /** Listens if anybody may send. */
  @Activate
  public LogReceiver(
      ReceiveSettings settings,
      @Reference TlsIdentity identity,
      @Reference(
              cardinality = ReferenceCardinality.MULTIPLE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<MunicipalReceiver> municipalities) {
    this.host = settings.host();
    this.identity = identity;
    this.municipalities = List.copyOf(municipalities);
    this.frames =
        listen(
            peers(m -> m.peers()),
            settings.port(),
            (s, tls) ->
                new FrameServer(
                    s, tls, this::admit, task -> new Thread(task, "kiban-logship-frames")));
    this.syslog =
        listen(
            peers(m -> m.machines()),
            settings.syslog$_$port(),
            (s, tls) ->
                new Listener(s, tls, this::take, task -> new Thread(task, "kiban-logship-syslog")));
  }

  /** Lets senders go. */
  @Deactivate
  public void deactivate() throws IOException {
    for (Optional<? extends Closeable> one : List.of(frames, syslog)) {
      if (one.isPresent()) {
        one.get().close();
      }
    }
  }

  /** What an operator has to see to. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(shut);
    municipalities.forEach(municipality -> problems.addAll(municipality.problems()));
    return problems;
  }

  /** The port for frames; 0 if there is none. */
  int port() {
    return frames.map(FrameServer::port).orElse(0);
  }

  /** The port for syslog; 0 if there is none. */
  int syslogPort() {
    return syslog.map(Listener::port).orElse(0);
  }

  private Set<Peer> peers(Function<MunicipalReceiver, ? extends Iterable<Peer>> of) {
    return municipalities.stream()
        .flatMap(m -> java.util.stream.StreamSupport.stream(of.apply(m).spliterator(), false))
        .filter(LogReceiver::isReadable)
        .collect(Collectors.toSet());
  }

  /** One authority that is missing must not shut out the others. */
  private static boolean isReadable(Peer peer) {
    boolean readable = Files.isReadable(peer.authority());
    if (!readable) {
      LOG.error("{}", LogCode.PEER_UNREADABLE.line(peer.authority(), "not there, or not readable"));
    }
    return readable;
  }

  private <T> Optional<T> listen(Set<Peer> peers, int port, Opening<T> opening) {
    if (peers.isEmpty()) {
      return Optional.empty();
    }
    try {
      Peer.context(identity, peers); // what cannot be used is told now, not to the first sender
      ServerSocket socket = new ServerSocket(port, BACKLOG, InetAddress.getByName(host));
      return Optional.of(opening.open(socket, connection -> over(connection, peers)));
    } catch (IOException | IllegalArgumentException e) {
      String problem = LogCode.NOT_LISTENING.line(host + ":" + port, e.getMessage());
      LOG.error("{}", problem);
      shut.add(problem);
      return Optional.empty();
    }
  }

  /** With the certificates and authorities as they are now: a renewed one needs no restart. */
  private SSLSocket over(Socket connection, Set<Peer> peers) throws IOException {
    List<Peer> readable = peers.stream().filter(p -> Files.isReadable(p.authority())).toList();
    SSLSocket socket =
        (SSLSocket)
            Peer.context(identity, readable)
                .getSocketFactory()
                .createSocket(connection, null, connection.getPort(), true);
    socket.setUseClientMode(false);
    socket.setNeedClientAuth(true);
    socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return socket;
  }

  private FrameSink admit(SSLSession session, String code) throws FrameServer.Refusal {
    for (MunicipalReceiver municipality : municipalities) {
      if (municipality.code().toString().equals(code) && !municipality.peers().isEmpty()) {
        return municipality.admit(session);
      }
    }
    throw new FrameServer.Refusal("this node takes no logs of " + code);
  }

  private void take(SSLSocket connection, Executor threads) throws IOException {
    for (MunicipalReceiver municipality : municipalities) {
      Optional<SyslogLane> lane = municipality.syslog(connection.getSession());
      if (lane.isPresent()) {
        connection.setSoTimeout(0);
        lane.get().receive(connection.getInputStream(), connection::isClosed);
        return;
      }
    }
    LOG.warn("a machine that may send no syslog was sent away: {}", connection.getInetAddress());
  }
}
