package org.kiban.messaging;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.journal.Journal;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActivateCallback;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.kiban.core.backup.BackupSource.Staging;
import org.kiban.core.keys.TlsIdentity;

/**
 * The running broker of this node. Safe for any thread. It is an OSGi service inside this bundle
 * while it runs; whoever holds it acts for the node, so it is not handed out.
 */
public final class Broker {

  private static final AtomicInteger IDS = new AtomicInteger();
  private static final String LISTENER = "tls";
  private static final int START_SECONDS = 120;

  private final BrokerConfiguration configuration;
  private final Access access;
  private final EmbeddedActiveMQ artemis;
  private final ActiveMQServer server;
  private final String inVmUrl;

  private Broker(BrokerConfiguration configuration, Access access, Path directory, String name)
      throws Exception {
    int id = IDS.getAndIncrement();
    this.configuration = configuration;
    this.access = access;
    this.inVmUrl = "vm://" + id;
    this.artemis = new EmbeddedActiveMQ();
    artemis.setConfiguration(configuration.broker(directory, name, id)).setSecurityManager(access);
    artemis.createActiveMQServer();
    this.server = artemis.getActiveMQServer();
    Isolation isolation = new Isolation(access);
    server.registerBrokerPlugin(isolation);
    activate();
    server.getRemotingService().addIncomingInterceptor(isolation);
  }

  private void activate() throws Exception {
    CompletableFuture<Void> active = new CompletableFuture<>();
    server.registerActivateCallback(
        new ActivateCallback() {
          @Override
          public void activationComplete() {
            active.complete(null);
          }
        });
    server.registerActivationFailureListener(active::completeExceptionally);
    try {
      artemis.start();
      active.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      artemis.stop();
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (Exception e) {
      artemis.stop();
      throw e;
    }
  }

  /**
   * Starts a broker that this process alone can reach; takes up to seconds, more with a long
   * journal.
   *
   * @param configuration what it is to be
   * @param access who may do what
   * @param dir its files; nobody else's
   * @param name for messages
   * @throws KibanException if it does not start
   */
  static Broker start(BrokerConfiguration configuration, Access access, Path dir, String name) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Artemis finds transports and beans by name through the thread's class loader.
    thread.setContextClassLoader(EmbeddedActiveMQ.class.getClassLoader());
    try {
      return new Broker(configuration, access, dir, name);
    } catch (Exception e) {
      throw new KibanException(e, Outcome.FAILED, MessagingCode.BROKER_FAILED, dir, e.getMessage());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Opens the TLS listener.
   *
   * @throws KibanException if its port cannot be had; the broker goes on without, try again later
   */
  void listen(TlsIdentity identity) {
    Acceptor acceptor =
        server.getRemotingService().createAcceptor(configuration.listener(identity));
    try {
      acceptor.start();
    } catch (Exception e) {
      closeListener();
      throw new KibanException(
          e,
          Outcome.FAILED,
          MessagingCode.PORT_UNAVAILABLE,
          configuration.endpoint(),
          e.getMessage());
    }
  }

  /** The port that the TLS listener has, or -1. */
  int port() {
    Acceptor acceptor = server.getRemotingService().getAcceptor(LISTENER);
    return acceptor instanceof NettyAcceptor netty && netty.isStarted()
        ? netty.getActualPort()
        : -1;
  }

  /** Whether it still works; it stops by itself when its disk fails. */
  boolean running() {
    return server.isStarted() && server.isActive();
  }

  /** Whether senders wait because there is too little space on the disk. */
  boolean diskFull() {
    return server.getPagingManager().isDiskFull();
  }

  /**
   * Opens a municipality's addresses, to its users and to the node's own capabilities.
   *
   * @return connections that are the municipality's
   */
  ConnectionFactory admit(MunicipalityCode code) throws Exception {
    prepare(code);
    return new ActiveMQConnectionFactory(inVmUrl, Access.internalUser(code), access.admit(code));
  }

  /** Makes what a municipality's addresses stand on; nobody reaches them yet. */
  void prepare(MunicipalityCode code) throws Exception {
    server.getAddressSettingsRepository().addMatch(code + ".#", configuration.municipality(code));
    server
        .getAddressSettingsRepository()
        .addMatch(code + ".exchange.#", configuration.linkage(code));
    keep(code + BrokerConfiguration.DEAD_LETTER);
    keep(code + BrokerConfiguration.EXPIRY);
  }

  /** Closes a municipality's addresses and ends its connections; its messages stay. */
  void withdraw(MunicipalityCode code) {
    access.withdraw(code);
    if (!running()) {
      return;
    }
    for (RemotingConnection connection : server.getRemotingService().getConnections()) {
      if (Access.actsFor(access.user(connection), code)) {
        connection.fail(new ActiveMQDisconnectedException("messaging of " + code + " is off"));
      }
    }
    server.getAddressSettingsRepository().removeMatch(code + ".exchange.#");
    server.getAddressSettingsRepository().removeMatch(code + ".#");
  }

  /** What an operator sees and does of one municipality's queues. */
  MunicipalQueues queues(MunicipalityCode code) {
    return new MunicipalQueues(server, code);
  }

  /**
   * Copies its files while nothing can be written to its journals: all that was acknowledged is in
   * them. Senders wait meanwhile. Its journals are written in place, and so is the newest page of
   * each address; other pages and large messages never are.
   *
   * @param directory where they lie
   */
  void copy(Path directory, Staging staging) throws IOException {
    Journal bindings = server.getStorageManager().getBindingsJournal();
    Journal messages = server.getStorageManager().getMessageJournal();
    bindings.synchronizationLock();
    messages.synchronizationLock();
    try {
      for (String name : BrokerConfiguration.JOURNALS) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve(name))) {
          for (Path file : files) {
            Files.copy(file, staging.standIn(file));
          }
        }
      }
      for (Path file : files(directory.resolve(BrokerConfiguration.PAGING))) {
        if (isOldPage(file)) {
          staging.keep(file);
        } else {
          copyUnlessGone(file, staging);
        }
      }
      for (Path file : files(directory.resolve(BrokerConfiguration.LARGE_MESSAGES))) {
        staging.keep(file);
      }
    } finally {
      messages.synchronizationUnlock();
      bindings.synchronizationUnlock();
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** A page goes when all that is in it was taken. */
  private static void copyUnlessGone(Path page, Staging staging) throws IOException {
    try {
      Files.copy(page, staging.standIn(page));
    } catch (NoSuchFileException ignored) {
      return;
    }
  }

  /** Whether a page is followed by another, so that nothing is added to it any more. */
  private static boolean isOldPage(Path file) {
    String name = file.getFileName().toString();
    return name.matches("\\d+\\.page")
        && Files.exists(
            file.resolveSibling(
                "%09d.page".formatted(Long.parseLong(name.substring(0, name.indexOf('.'))) + 1)));
  }

  /** Starts another on a copy of its files; nobody reaches it, and nothing in it changes. */
  Broker still(Path copy) {
    return start(configuration.still(), access, copy, "copy");
  }

  /** A municipality's queues that survive a restart, by name. */
  List<Queue> lastingQueues(MunicipalityCode code) {
    return server
        .getPostOffice()
        .getAllBindings()
        .filter(QueueBinding.class::isInstance)
        .map(b -> ((QueueBinding) b).getQueue())
        .filter(q -> q.isDurable() && q.getAddress().toString().startsWith(code + "."))
        .sorted(Comparator.comparing(q -> q.getName().toString()))
        .toList();
  }

  /** Counts what waits, by municipality; of those that are admitted. */
  Map<String, Count> count() {
    Map<String, Count> counts = new HashMap<>();
    server
        .getPostOffice()
        .getAllBindings()
        .filter(QueueBinding.class::isInstance)
        .map(b -> ((QueueBinding) b).getQueue())
        .forEach(
            q ->
                Access.owner(q.getAddress().toString())
                    .filter(access::isAdmitted)
                    .ifPresent(code -> counts.merge(code, count(q), Count::plus)));
    return counts;
  }

  private static Count count(Queue q) {
    return new Count(
        q.getDurableMessageCount(),
        q.getMessagesAdded(),
        q.getMessagesAcknowledged() + q.getMessagesExpired() + q.getMessagesKilled());
  }

  /** Ends all connections and closes the files. */
  void stop() throws Exception {
    artemis.stop();
  }

  private void keep(String name) throws Exception {
    server.createQueue(
        QueueConfiguration.of(name)
            .setAddress(name)
            .setRoutingType(RoutingType.ANYCAST)
            .setAutoCreateAddress(true)
            .setAutoDelete(false),
        true);
  }

  private void closeListener() {
    try {
      server.getRemotingService().destroyAcceptor(LISTENER);
    } catch (Exception ignored) {
      // It never listened; the failure to report is the caller's.
    }
  }
}
