package org.kiban.platform.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection through an HTTP proxy by {@code CONNECT} (RFC 9110, section 9.3.6). The one of
 * java.net reads on past the proxy's answer and loses what it read: a server that speaks first, as
 * one of SSH does, is then waited for in vain.
 */
final class Tunnel {

  private static final int LARGEST_ANSWER = 16 * 1024;

  private Tunnel() {}

  /**
   * Opens one. The name is the proxy's to resolve: this node may know none.
   *
   * @param patience the time for connecting and for each part of the proxy's answer, in
   *     milliseconds
   * @throws IOException if the proxy is not there, refuses or does not speak HTTP; its message
   *     names the proxy
   */
  static Socket to(Proxy proxy, String host, int port, int patience) throws IOException {
    InetSocketAddress door = (InetSocketAddress) proxy.address();
    Socket socket = new Socket(Proxy.NO_PROXY);
    try {
      socket.connect(new InetSocketAddress(door.getHostString(), door.getPort()), patience);
      socket.setSoTimeout(patience);
      socket.getOutputStream().write(request(host, port));
      String status = status(socket.getInputStream());
      if (!status.matches("HTTP/1\\.[01] 2\\d\\d( .*)?")) {
        throw new IOException("it answers: " + status);
      }
      socket.setSoTimeout(0);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw new IOException(
          "The proxy %s:%d does not lead to %s:%d: %s"
              .formatted(door.getHostString(), door.getPort(), host, port, e.getMessage()),
          e);
    }
  }

  private static byte[] request(String host, int port) throws IOException {
    if (!host.matches("[\\p{Graph}&&[^/?#@]]+")) {
      throw new IOException("this is no name of a host");
    }
    String there =
        (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    return "CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n"
        .formatted(there, there)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads byte by byte: what follows the empty line is the server's. */
  private static String status(InputStream in) throws IOException {
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n", answer.length() - 4) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("it hung up before its answer was whole");
      }
      if (answer.length() == LARGEST_ANSWER) {
        throw new IOException("its answer is longer than " + LARGEST_ANSWER + " bytes");
      }
      answer.append((char) next);
    }
    return answer.substring(0, answer.indexOf("\r\n")).replaceAll("\\P{Print}", "?");
  }
}
