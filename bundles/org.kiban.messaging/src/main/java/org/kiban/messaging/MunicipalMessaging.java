package org.kiban.messaging;

import jakarta.jms.ConnectionFactory;
import java.util.Hashtable;
import java.util.Map;
import org.kiban.core.MunicipalityCode;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Messaging of one municipality: opens its addresses while it is there, and offers the node's other
 * capabilities a {@code jakarta.jms.ConnectionFactory} (property {@code municipality=<code>}) that
 * reaches those addresses alone.
 */
@Component(
    service = MunicipalMessaging.class,
    immediate = true,
    configurationPid = "org.kiban.messaging",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MunicipalSettings.class, factory = true)
public final class MunicipalMessaging {

  private final MunicipalityCode code;
  private final Broker broker;
  private final ServiceRegistration<ConnectionFactory> connections;

  /** Opens the addresses. */
  @Activate
  public MunicipalMessaging(
      BundleContext context, @Reference Broker broker, MunicipalSettings settings)
      throws Exception {
    this.code = new MunicipalityCode(settings.code());
    this.broker = broker;
    this.connections =
        context.registerService(
            ConnectionFactory.class,
            broker.admit(code),
            new Hashtable<>(Map.of("municipality", code.value())));
  }

  /** Closes them; the messages stay for the next time. */
  @Deactivate
  public void deactivate() {
    connections.unregister();
    broker.withdraw(code);
  }

  MunicipalityCode code() {
    return code;
  }

  MunicipalQueues queues() {
    return broker.queues(code);
  }
}
