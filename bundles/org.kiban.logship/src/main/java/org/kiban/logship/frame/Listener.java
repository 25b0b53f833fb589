package org.kiban.logship.frame;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes TLS connections, a limited number at a time, each on a thread of its own. */
public final class Listener implements Closeable {

  /** Works on a connection until it ends. */
  @FunctionalInterface
  public interface Service {
    /**
     * @param connection after its handshake; closed afterwards
     * @param threads for more threads
     */
    void serve(SSLSocket connection, Executor threads) throws IOException;
  }

  /** Makes TLS of a connection that was taken; asked for each, so that changed keys count. */
  @FunctionalInterface
  public interface Tls {
    /**
     * @param connection as it was taken
     * @return over it; its handshake is still to come, and asks for the other side's certificate
     */
    SSLSocket over(Socket connection) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int MOST_CONNECTIONS = 64;
  private static final int GREETING_MILLISECONDS = 20_000;

  private final ServerSocket socket;
  private final Tls tls;
  private final Service service;
  private final ExecutorService threads;
  private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /**
   * Begins to take connections.
   *
   * @param socket bound; closed with this
   * @param threads names the threads
   */
  public Listener(ServerSocket socket, Tls tls, Service service, ThreadFactory threads) {
    this.socket = socket;
    this.tls = tls;
    this.service = service;
    this.threads = Executors.newCachedThreadPool(threads);
    this.threads.execute(this::accept);
  }

  /** The port that it listens on. */
  public int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdown();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
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

  private void serve(Socket taken) {
    try (taken;
        SSLSocket connection = tls.over(taken)) {
      // Who says nothing must not hold a place for ever; the service lifts this.
      connection.setSoTimeout(GREETING_MILLISECONDS);
      connection.setTcpNoDelay(true);
      connection.setKeepAlive(true);
      connection.startHandshake();
      service.serve(connection, threads);
    } catch (IOException | RuntimeException e) {
      LOG.debug("a sender's connection ended", e);
    } finally {
      connections.remove(taken);
      places.release();
    }
  }
}
