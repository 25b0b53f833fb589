package org.kiban.messaging;

import jakarta.jms.ConnectionFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.backup.BackupSource;
import org.kiban.core.storage.DurableFiles;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messaging of one municipality: opens its addresses while it is there, and offers the node's other
 * capabilities a {@code jakarta.jms.ConnectionFactory} (property {@code municipality=<code>}) that
 * reaches those addresses alone. Messages that a restore has put into its directory are taken in
 * before anybody can send, so that they come first.
 */
@Component(
    service = MunicipalMessaging.class,
    immediate = true,
    configurationPid = "org.kiban.messaging",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MunicipalSettings.class, factory = true)
public final class MunicipalMessaging {

  private static final Logger LOG = LoggerFactory.getLogger(MunicipalMessaging.class);

  private final MunicipalityCode code;
  private final Broker broker;
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

  /** Opens the addresses. */
  @Activate
  public MunicipalMessaging(
      BundleContext context,
      @Reference Broker broker,
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      MunicipalSettings settings)
      throws Exception {
    this.code = new MunicipalityCode(settings.code());
    this.broker = broker;
    Path own = paths.municipalityDirectory(code, "messaging");
    broker.prepare(code);
    takeIn(own.resolve(QueueFile.NAME), files, context);
    BackupSource source = new QueueSource(broker, code, paths.nodeDirectory("messaging"), own);
    registrations.add(
        context.registerService(
            ConnectionFactory.class,
            broker.admit(code),
            new Hashtable<>(Map.of("municipality", code.value()))));
    registrations.add(context.registerService(BackupSource.class, source, null));
  }

  /** What cannot be taken in stays where it is, and is told of; the others must go on. */
  private void takeIn(Path restored, DurableFiles files, BundleContext context) {
    if (!Files.exists(restored)) {
      return;
    }
    try {
      LOG.info("Taken in of {}: {}", restored, queues().restore(restored));
      files.delete(restored);
    } catch (Exception e) {
      KibanException told =
          new KibanException(
              e, Outcome.FAILED, MessagingCode.NOT_RESTORED, restored, code, e.getMessage());
      LOG.error("{}", told.getMessage());
      LOG.debug("because of", e);
      HealthCheck health = () -> new Result(Result.Status.WARN, told.getMessage());
      registrations.add(
          context.registerService(
              HealthCheck.class,
              health,
              new Hashtable<>(
                  Map.of(HealthCheck.NAME, "restored-queues", HealthCheck.TAGS, code.value()))));
    }
  }

  /** Closes them; the messages stay for the next time. */
  @Deactivate
  public void deactivate() {
    registrations.forEach(ServiceRegistration::unregister);
    broker.withdraw(code);
  }

  MunicipalityCode code() {
    return code;
  }

  MunicipalQueues queues() {
    return broker.queues(code);
  }
}
