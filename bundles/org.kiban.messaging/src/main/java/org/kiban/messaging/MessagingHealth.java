package org.kiban.messaging;

import java.util.Hashtable;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Asks for the broker on behalf of one municipality, and tells how messaging is for it. */
@Component(
    service = MessagingHealth.class,
    immediate = true,
    configurationPid = "org.kiban.messaging",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class MessagingHealth {

  private final ServiceRegistration<HealthCheck> registration;

  /** Registers the health check. */
  @Activate
  public MessagingHealth(
      BundleContext context, @Reference BrokerLauncher launcher, MunicipalSettings settings) {
    registration =
        context.registerService(
            HealthCheck.class,
            launcher::state,
            new Hashtable<>(
                Map.of(HealthCheck.NAME, "messaging", HealthCheck.TAGS, settings.code())));
  }

  /** Takes it away. */
  @Deactivate
  public void deactivate() {
    registration.unregister();
  }
}
