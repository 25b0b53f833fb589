package org.kiban.http;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.kiban.core.keys.TlsIdentity;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Gives Pax Web its settings: one HTTPS connector with the node's certificate and no other. The
 * settings, the password among them, are put in while the configuration is delivered; what is
 * stored is only a number that grows, so that no secret lies in a file or in {@code config:list}.
 */
@Component(
    service = HttpsListener.class,
    immediate = true,
    configurationPid = "org.kiban.http",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HttpConfig.class)
public final class HttpsListener implements ConfigurationPlugin {

  private static final String PAX_WEB = "org.ops4j.pax.web";
  private static final String CHANGE = "kiban.change";

  private final HttpConfig config;
  private final ConfigurationAdmin configurations;
  private final ServiceRegistration<ConfigurationPlugin> plugin;
  private final AtomicLong changes = new AtomicLong(System.nanoTime());
  private volatile TlsIdentity identity;

  /** Called by the component runtime. */
  @Activate
  public HttpsListener(
      BundleContext context,
      HttpConfig config,
      @Reference ConfigurationAdmin configurations,
      @Reference TlsIdentity identity)
      throws IOException {
    this.config = config;
    this.configurations = configurations;
    this.identity = identity;
    Dictionary<String, Object> properties = new Hashtable<>(Map.of(CM_TARGET, PAX_WEB));
    this.plugin = context.registerService(ConfigurationPlugin.class, this, properties);
    deliver();
  }

  /** Called by the component runtime. */
  @Deactivate
  public void deactivate() throws IOException {
    identity = null;
    deliver();
    plugin.unregister();
  }

  /** Takes up another certificate; called by the component runtime. */
  @Reference(service = TlsIdentity.class, name = "renewed", updated = "renewed", unbind = "-")
  void watch(TlsIdentity watched) {
    // The constructor has it; this reference is for renewed() alone.
  }

  /** Called by the component runtime when the certificate changed. */
  void renewed(TlsIdentity changed) throws IOException {
    deliver();
  }

  private void deliver() throws IOException {
    Configuration configuration = configurations.getConfiguration(PAX_WEB, "?");
    Dictionary<String, Object> stored = new Hashtable<>();
    stored.put("org.osgi.service.http.enabled", "false");
    stored.put("org.osgi.service.http.secure.enabled", "false");
    // Pax Web takes every value for a text.
    stored.put(CHANGE, String.valueOf(changes.incrementAndGet()));
    configuration.update(stored);
  }

  @Override
  public void modifyConfiguration(
      ServiceReference<?> reference, Dictionary<String, Object> properties) {
    // Without a reference somebody only looks (config:list); Pax Web comes with its own.
    if (reference != null) {
      PaxWebSettings.of(config, identity).forEach(properties::put);
    }
  }
}
