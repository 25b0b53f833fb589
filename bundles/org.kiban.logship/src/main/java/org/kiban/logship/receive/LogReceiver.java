package org.kiban.logship.receive;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.logship.LogCode;
import org.kiban.logship.frame.FrameServer;
import org.kiban.logship.frame.FrameSink;
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
 * The node's listener for frames of other nodes; there is none while no municipality accepts any. A
 * change of who may send opens it anew, and senders come back by themselves.
 */
@Component(
    service = LogReceiver.class,
    immediate = true,
    configurationPid = "org.kiban.logship.receive")
@Designate(ocd = ReceiveSettings.class)
public final class LogReceiver {

  private static final Logger LOG = LoggerFactory.getLogger(LogReceiver.class);
  private static final int BACKLOG = 50;

  private final List<MunicipalReceiver> municipalities;
  private final FrameServer server;
  private final String problem;

  /** Listens if anybody may send. */
  @Activate
  public LogReceiver(
      ReceiveSettings settings,
      @Reference TlsIdentity identity,
      @Reference(
              cardinality = ReferenceCardinality.MULTIPLE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<MunicipalReceiver> municipalities) {
    this.municipalities = municipalities.stream().filter(m -> !m.peers().isEmpty()).toList();
    FrameServer opened = null;
    String failure = "";
    try {
      opened = this.municipalities.isEmpty() ? null : listen(settings, identity);
    } catch (IOException | IllegalArgumentException e) {
      failure = LogCode.NOT_LISTENING.line(settings.host() + ":" + settings.port(), e.getMessage());
      LOG.error("{}", failure);
    }
    this.server = opened;
    this.problem = failure;
  }

  /** Lets senders go. */
  @Deactivate
  public void deactivate() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  /** Why nobody can send; empty if they can, or nobody may. */
  String problem() {
    return problem;
  }

  /** The port that it listens on; -1 if nobody may send. */
  int port() {
    return server == null ? -1 : server.port();
  }

  private FrameServer listen(ReceiveSettings settings, TlsIdentity identity) throws IOException {
    Set<Peer> peers =
        municipalities.stream()
            .flatMap(m -> m.peers().stream())
            .filter(LogReceiver::isReadable)
            .collect(Collectors.toSet());
    SSLServerSocket listener =
        (SSLServerSocket)
            Peer.context(identity, peers)
                .getServerSocketFactory()
                .createServerSocket(
                    settings.port(), BACKLOG, InetAddress.getByName(settings.host()));
    listener.setNeedClientAuth(true);
    listener.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return new FrameServer(
        listener, this::admit, task -> new Thread(task, "kiban-logship-receive"));
  }

  /** One authority that is missing must not shut out the others. */
  private static boolean isReadable(Peer peer) {
    boolean readable = Files.isReadable(peer.authority());
    if (!readable) {
      LOG.error("{}", LogCode.PEER_UNREADABLE.line(peer.authority(), "not there, or not readable"));
    }
    return readable;
  }

  private FrameSink admit(SSLSession session, String code) throws FrameServer.Refusal {
    for (MunicipalReceiver municipality : municipalities) {
      if (municipality.code().toString().equals(code)) {
        return municipality.admit(session);
      }
    }
    throw new FrameServer.Refusal("this node takes no logs of " + code);
  }
}
