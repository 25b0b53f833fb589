package org.kiban.time;

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

/** Asks for the node's time to be watched on behalf of one municipality, and tells how it is. */
@Component(
    service = TimeHealth.class,
    immediate = true,
    configurationPid = "org.kiban.time",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class TimeHealth {

  private final TimeKeeper keeper;
  private final ServiceRegistration<HealthCheck> registration;

  /** Registers the health check. */
  @Activate
  public TimeHealth(
      BundleContext context, @Reference TimeKeeper keeper, MunicipalSettings settings) {
    this.keeper = keeper;
    this.registration =
        context.registerService(
            HealthCheck.class,
            keeper::health,
            new Hashtable<>(Map.of(HealthCheck.NAME, "time", HealthCheck.TAGS, settings.code())));
  }

  /** Takes it away. */
  @Deactivate
  public void deactivate() {
    registration.unregister();
  }

  TimeKeeper keeper() {
    return keeper;
  }
}
