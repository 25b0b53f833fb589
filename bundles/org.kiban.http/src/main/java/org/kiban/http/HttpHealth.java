package org.kiban.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.core.keys.TlsIdentity;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The listener answers, with this node's certificate: another program on the port is found out.
 * Answers from the start of the bundle; takes at most some seconds.
 */
@Component(
    configurationPid = "org.kiban.http",
    property = {HealthCheck.NAME + "=http", HealthCheck.TAGS + "=node"})
public final class HttpHealth implements HealthCheck {

  private static final int TIMEOUT_MILLIS = 2000;

  private final Whiteboard whiteboard;
  private volatile HttpConfig config;

  // Dynamic, so that the check stays registered: one that comes anew is not asked for a moment.
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile TlsIdentity identity;

  /** Called by the component runtime. */
  @Activate
  public HttpHealth(HttpConfig config, @Reference Whiteboard whiteboard) {
    this.whiteboard = whiteboard;
    this.config = config;
  }

  /** Called by the component runtime. */
  @Modified
  public void modified(HttpConfig changed) {
    config = changed;
  }

  @Override
  public Result execute() {
    TlsIdentity current = identity;
    return current == null
        ? new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "no certificate yet")
        : tried(config, current);
  }

  private Result tried(HttpConfig config, TlsIdentity identity) {
    String place = config.address() + ":" + config.port();
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(target(config), config.port()), TIMEOUT_MILLIS);
      plain.setSoTimeout(TIMEOUT_MILLIS);
      try (SSLSocket socket =
          (SSLSocket)
              identity
                  .context()
                  .getSocketFactory()
                  .createSocket(plain, config.address(), config.port(), true)) {
        socket.startHandshake();
        return answers(socket)
            ? new Result(Result.Status.OK, place + " " + socket.getSession().getProtocol())
            : new Result(Result.Status.TEMPORARILY_UNAVAILABLE, place + " opens its doors");
      }
    } catch (IOException e) {
      return new Result(
          Result.Status.CRITICAL, HttpMessage.NOT_LISTENING.line(place, e.getMessage()));
    }
  }

  private boolean answers(SSLSocket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .getBytes(US_ASCII));
    byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    boolean open = new String(status, US_ASCII).endsWith(" 200");
    try {
      whiteboard.seen(open, System.nanoTime());
    } catch (BundleException e) {
      throw new IOException(e);
    }
    return open;
  }

  private static InetAddress target(HttpConfig config) throws IOException {
    InetAddress address = InetAddress.getByName(config.address());
    return address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
  }
}
