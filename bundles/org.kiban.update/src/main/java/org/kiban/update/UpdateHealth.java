package org.kiban.update;

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

/** Asks for updates to be managed on behalf of one municipality, and tells how it is. */
@Component(
    service = UpdateHealth.class,
    immediate = true,
    configurationPid = "org.kiban.update",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class UpdateHealth {

  private final Updater updater;
  private final ServiceRegistration<HealthCheck> registration;

  /** Registers the health check. */
  @Activate
  public UpdateHealth(
      BundleContext context, @Reference Updater updater, MunicipalSettings settings) {
    this.updater = updater;
    this.registration =
        context.registerService(
            HealthCheck.class,
            updater::health,
            new Hashtable<>(Map.of(HealthCheck.NAME, "update", HealthCheck.TAGS, settings.code())));
  }

  /** Takes it away. */
  @Deactivate
  public void deactivate() {
    registration.unregister();
  }

  Updater updater() {
    return updater;
  }
}
