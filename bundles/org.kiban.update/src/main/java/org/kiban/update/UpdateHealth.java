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

/** Tells how the updates of one municipality are managed. */
@Component(
    service = UpdateHealth.class,
    immediate = true,
    configurationPid = "org.kiban.update",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class UpdateHealth {

  private final ServiceRegistration<HealthCheck> registration;

  /** Registers the health check. */
  @Activate
  public UpdateHealth(
      BundleContext context, @Reference Updater updater, MunicipalSettings settings) {
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
}
