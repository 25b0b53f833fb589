package org.kiban.platform.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A door of this machine that leads through a proxy, for clients that know none. It lets one
 * connection in, of this machine, and is shut then; what passes is encrypted by its ends.
 */
final class ProxyRelay {

  private static final int PATIENCE_MILLISECONDS = 30_000;

  private ProxyRelay() {}

  /**
   * Opens one.
   *
   * @throws IOException if the proxy does not lead there
   */
  static SocketAddress to(Proxy proxy, String host, int port) throws IOException {
    Socket far = far(proxy, host, port);
    ServerSocket door = null;
    try {
      door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      door.setSoTimeout(PATIENCE_MILLISECONDS);
      SocketAddress address = door.getLocalSocketAddress();
      ServerSocket open = door;
      start(() -> serve(open, far));
      return address;
    } catch (IOException e) {
      far.close();
      if (door != null) {
        door.close();
      }
      throw e;
    }
  }

  private static Socket far(Proxy proxy, String host, int port) throws IOException {
    if (proxy.type() == Proxy.Type.HTTP) {
      return Tunnel.to(proxy, host, port, PATIENCE_MILLISECONDS);
    }
    Socket far = new Socket(proxy);
    try {
      // The name is the proxy's to resolve: this node may know none.
      far.connect(InetSocketAddress.createUnresolved(host, port), PATIENCE_MILLISECONDS);
      return far;
    } catch (IOException e) {
      far.close();
      throw e;
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "kiban-proxy-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void serve(ServerSocket door, Socket far) {
    try (far;
        door;
        Socket near = door.accept()) {
      start(() -> pass(far, near));
      pass(near, far);
    } catch (IOException e) {
      return; // both are closed; who waits for an answer hears of it
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      return; // one end closed, and so does the other
    }
  }
}
