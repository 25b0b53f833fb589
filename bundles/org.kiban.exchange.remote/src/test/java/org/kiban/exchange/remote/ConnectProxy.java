package org.kiban.exchange.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A proxy that leads to whatever it is asked for by CONNECT. */
final class ConnectProxy implements AutoCloseable {

  private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private volatile String asked = "";

  ConnectProxy() throws IOException {
    start(
        () -> {
          while (true) {
            Socket near = door.accept();
            start(() -> lead(near));
          }
        });
  }

  int port() {
    return door.getLocalPort();
  }

  String asked() {
    return asked;
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                return; // closed
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void lead(Socket near) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) near.getInputStream().read());
    }
    asked = head.toString();
    String[] place = asked.split(" ")[1].split(":");
    Socket far = new Socket(place[0], Integer.parseInt(place[1]));
    near.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    start(() -> near.getInputStream().transferTo(far.getOutputStream()));
    far.getInputStream().transferTo(near.getOutputStream());
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
