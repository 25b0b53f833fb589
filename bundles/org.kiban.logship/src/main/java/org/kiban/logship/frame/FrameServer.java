package org.kiban.logship.frame;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections that send frames. Each has a thread that reads and unpacks, and one that stores
 * whatever has come meanwhile with one sync, then answers.
 */
public final class FrameServer implements Closeable {

  /** Knows who may send what. */
  @FunctionalInterface
  public interface Doorman {
    /**
     * Lets a sender in.
     *
     * @param session with the sender's certificate
     * @param municipality the one that it asks for
     * @return takes the frames of this sender
     * @throws Refusal if it may not; the sender reads the reason
     */
    FrameSink admit(SSLSession session, String municipality) throws Refusal;
  }

  /** A sender may not, and is told why. */
  public static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason in English
     */
    public Refusal(String reason) {
      super(reason);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(FrameServer.class);
  private static final int BUFFER = 1 << 16;

  private final Doorman doorman;
  private final Listener listener;

  /**
   * Begins to take connections.
   *
   * @param socket bound; closed with this
   * @param tls makes TLS of each connection
   * @param threads names the threads
   */
  public FrameServer(
      ServerSocket socket, Listener.Tls tls, Doorman doorman, ThreadFactory threads) {
    this.doorman = doorman;
    this.listener = new Listener(socket, tls, this::serve, threads);
  }

  /** The port that it listens on. */
  public int port() {
    return listener.port();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void serve(SSLSocket connection, Executor threads) throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(connection.getInputStream(), BUFFER));
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(connection.getOutputStream(), BUFFER));
    FrameSink sink = greet(connection.getSession(), in, out);
    if (sink != null) {
      connection.setSoTimeout(0);
      new Reception(sink, in, out, connection).run(threads);
    }
  }

  private FrameSink greet(SSLSession session, DataInputStream in, DataOutputStream out)
      throws IOException {
    try {
      FrameSink sink = doorman.admit(session, Wire.readHello(Wire.read(in)));
      Wire.write(out, Wire.WELCOME, new byte[0]);
      out.flush();
      return sink;
    } catch (Refusal e) {
      LOG.warn("a sender was refused: {}", e.getMessage());
      Wire.write(out, Wire.REFUSED, c -> c.writeUTF(e.getMessage()));
      out.flush();
      return null;
    }
  }
}
