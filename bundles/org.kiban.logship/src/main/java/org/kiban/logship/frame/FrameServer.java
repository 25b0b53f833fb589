package org.kiban.logship.frame;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLServerSocket;
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
  private static final int MOST_CONNECTIONS = 64;
  private static final int GREETING_MILLISECONDS = 20_000;
  private static final int BUFFER = 1 << 16;

  private final SSLServerSocket listener;
  private final Doorman doorman;
  private final ExecutorService threads;
  private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
  private final Set<SSLSocket> connections = ConcurrentHashMap.newKeySet();

  /**
   * Begins to take connections.
   *
   * @param listener bound, asks for client certificates; closed with this
   * @param threads names the threads
   */
  public FrameServer(SSLServerSocket listener, Doorman doorman, ThreadFactory threads) {
    this.listener = listener;
    this.doorman = doorman;
    this.threads = Executors.newCachedThreadPool(threads);
    this.threads.execute(this::accept);
  }

  /** The port that it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdown();
    for (SSLSocket connection : connections) {
      connection.close();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        SSLSocket connection = (SSLSocket) listener.accept();
        if (!places.tryAcquire()) {
          LOG.warn("more than {} senders at a time; one was sent away", MOST_CONNECTIONS);
          connection.close();
          continue;
        }
        connections.add(connection);
        threads.execute(() -> serve(connection));
      } catch (IOException | RejectedExecutionException e) {
        LOG.debug("no connection was taken", e);
      }
    }
  }

  private void serve(SSLSocket connection) {
    try (connection) {
      connection.setSoTimeout(GREETING_MILLISECONDS);
      connection.setTcpNoDelay(true);
      connection.startHandshake();
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(connection.getInputStream(), BUFFER));
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(connection.getOutputStream(), BUFFER));
      FrameSink sink = greet(connection.getSession(), in, out);
      if (sink != null) {
        connection.setSoTimeout(0);
        connection.setKeepAlive(true);
        new Reception(sink, in, out, connection).run(threads);
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("a sender's connection ended", e);
    } finally {
      connections.remove(connection);
      places.release();
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
