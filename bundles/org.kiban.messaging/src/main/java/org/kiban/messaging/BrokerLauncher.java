package org.kiban.messaging;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.core.KibanException;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.backup.BackupSource;
import org.kiban.core.keys.TlsIdentity;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one broker running while at least one municipality has messaging (it is a delayed component
 * that their {@link MessagingHealth} asks for), and its listener open. What fails is tried again
 * every five seconds, reported by the health check, and logged when it changes.
 */
@Component(service = BrokerLauncher.class, configurationPid = "org.kiban.messaging.broker")
@Designate(ocd = BrokerSettings.class)
public final class BrokerLauncher {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerLauncher.class);
  private static final int ROUND_SECONDS = 5;
  private static final String REALM = "karaf";

  private final BundleContext context;
  private final BrokerSettings settings;
  private final TlsIdentity identity;
  private final Path directory;
  private final String name;
  private final ServiceRegistration<HealthCheck> health;
  private final ScheduledExecutorService tender =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "kiban-messaging-1"));

  private Broker broker;
  private ServiceRegistration<Broker> offered;
  private ServiceRegistration<BackupSource> saved;
  private volatile KibanException problem;
  private volatile boolean up;

  /** Returns at once; the broker starts on a thread of its own. */
  @Activate
  public BrokerLauncher(
      BundleContext context,
      @Reference NodePaths paths,
      @Reference TlsIdentity identity,
      BrokerSettings settings) {
    this.context = context;
    this.settings = settings;
    this.identity = identity;
    this.directory = paths.nodeDirectory("messaging");
    this.name = paths.nodeName();
    this.health =
        context.registerService(
            HealthCheck.class,
            this::state,
            new Hashtable<>(Map.of(HealthCheck.NAME, "messaging", HealthCheck.TAGS, "node")));
    tender.scheduleWithFixedDelay(this::tend, 0, ROUND_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends connections, then stops the broker. */
  @Deactivate
  public void deactivate() throws InterruptedException {
    health.unregister();
    tender.submit(this::end);
    tender.shutdown();
    if (!tender.awaitTermination(1, TimeUnit.MINUTES)) {
      tender.shutdownNow();
    }
  }

  /** How the broker is, for the node and for each municipality. */
  Result state() {
    KibanException failure = problem;
    if (failure == null) {
      return up
          ? new Result(Result.Status.OK, "broker runs")
          : new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "broker is starting");
    }
    return new Result(up ? Result.Status.WARN : Result.Status.CRITICAL, failure.getMessage());
  }

  private void tend() {
    try {
      if (broker != null && !broker.running()) {
        end();
        throw new KibanException(Outcome.FAILED, MessagingCode.BROKER_STOPPED, directory);
      }
      if (broker == null) {
        start();
      }
      if (broker.port() < 0) {
        broker.listen(identity);
        LOG.info("The broker listens on port {}", broker.port());
      }
      if (broker.diskFull()) {
        throw new KibanException(Outcome.FAILED, MessagingCode.DISK_FULL, directory);
      }
      report(null);
    } catch (KibanException e) {
      report(e);
    } catch (RuntimeException | LinkageError e) {
      report(
          new KibanException(
              e, Outcome.FAILED, MessagingCode.BROKER_FAILED, directory, e.toString()));
    }
  }

  private void start() {
    broker = Broker.start(new BrokerConfiguration(settings), new Access(REALM), directory, name);
    offered = context.registerService(Broker.class, broker, null);
    saved = context.registerService(BackupSource.class, new BrokerSource(broker, directory), null);
    up = true;
  }

  private void end() {
    up = false;
    Optional.ofNullable(offered).ifPresent(ServiceRegistration::unregister);
    offered = null;
    Optional.ofNullable(saved).ifPresent(ServiceRegistration::unregister);
    saved = null;
    try {
      if (broker != null) {
        broker.stop();
      }
    } catch (Exception e) {
      LOG.warn("The broker did not stop cleanly; its journal is recovered at the next start", e);
    }
    broker = null;
  }

  private void report(KibanException now) {
    String before = problem == null ? null : problem.getMessage();
    problem = now;
    if (now != null && !now.getMessage().equals(before)) {
      LOG.error("{}", now.getMessage());
      LOG.debug("because of", now);
    } else if (now == null && before != null) {
      LOG.info("Over: {}", before);
    }
  }
}
