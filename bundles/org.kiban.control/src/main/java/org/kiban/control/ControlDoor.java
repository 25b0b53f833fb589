package org.kiban.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.kiban.core.KibanException;
import org.kiban.core.NodePaths;
import org.kiban.core.storage.DurableFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door through which {@code bin/kiban} reaches a running node: a socket that only the node's
 * operating-system user can open, so that user needs no password and acts as administrator. It
 * needs nothing of the node but its paths, to be open while the rest still starts.
 */
@Component(
    service = {},
    immediate = true)
public final class ControlDoor {

  private static final Logger LOG = LoggerFactory.getLogger(ControlDoor.class);

  private final ControlSocket socket;
  private final Commands commands;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger threads = new AtomicInteger();
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          task -> new Thread(task, "kiban-control-" + threads.incrementAndGet()));

  /** Opens the door, or says in the log why it stays closed. */
  @Activate
  public ControlDoor(
      @Reference NodePaths paths, @Reference DurableFiles files, @Reference SessionFactory shell) {
    this.commands = new Commands(shell, paths.nodeName());
    this.socket = open(paths, files);
    if (socket != null) {
      executor.execute(this::welcome);
    }
  }

  private static ControlSocket open(NodePaths paths, DurableFiles files) {
    try {
      ControlSocket socket = ControlSocket.open(paths.data(), files);
      LOG.info(
          "{}: {}",
          ControlMessage.OPEN.code(),
          ControlMessage.OPEN.text(Locale.getDefault(), socket.path()));
      return socket;
    } catch (KibanException e) {
      LOG.error(e.describe(Locale.getDefault()));
      LOG.debug("cause", e);
      return null;
    }
  }

  private void welcome() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        serve(socket.accept());
      }
    } catch (IOException closed) {
      LOG.debug("the control door is closed", closed);
    }
  }

  private void serve(SocketChannel channel) {
    Connection connection = new Connection(channel, commands, executor);
    connections.add(connection);
    executor.execute(
        () -> {
          try {
            connection.run();
          } finally {
            connections.remove(connection);
          }
        });
  }

  /** Takes no more clients and interrupts the commands that run. */
  @Deactivate
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
    connections.forEach(Connection::close);
    executor.shutdownNow();
  }
}
