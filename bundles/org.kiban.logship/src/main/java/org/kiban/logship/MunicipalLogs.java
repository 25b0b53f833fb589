package org.kiban.logship;

import java.io.IOException;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journals;
import org.kiban.logship.flow.Assembly;
import org.kiban.logship.flow.LogAgent;
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

/** The logs of one municipality, there while the municipality switches them on. */
@Component(
    service = LogOwner.class,
    immediate = true,
    configurationPid = "org.kiban.logship",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LogSettings.class, factory = true)
public final class MunicipalLogs implements LogOwner {

  private static final Logger LOG = LoggerFactory.getLogger(MunicipalLogs.class);

  private final MunicipalityCode code;
  private final LogAgent agent;
  private final KibanException problem;
  private final ServiceRegistration<HealthCheck> health;

  /** Begins to ship; what cannot be used is told by the health check and by every command. */
  @Activate
  public MunicipalLogs(
      LogSettings settings,
      BundleContext context,
      @Reference Municipalities municipalities,
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference Journals journals,
      @Reference Keys keys,
      @Reference DestinationTypes types)
      throws IOException {
    this.code = municipalities.require(settings.code()).code();
    LogAgent opened = null;
    KibanException wrong = null;
    try {
      opened =
          new Assembly(
                  code,
                  Declared.read("etc/org.kiban.logship~" + code + ".cfg.json", settings),
                  paths,
                  files,
                  journals,
                  keys.municipality(code, "logship-evidence"),
                  types,
                  settings.poll$_$milliseconds(),
                  Duration.ofSeconds(settings.settle$_$seconds()),
                  Duration.ofDays(settings.evidence$_$keep$_$days()))
              .open();
    } catch (KibanException e) {
      LOG.error("{}", e.getMessage());
      wrong = e;
    }
    this.agent = opened;
    this.problem = wrong;
    LogHealth check = new LogHealth(agent, problem, settings.warn$_$minutes());
    this.health =
        context.registerService(
            HealthCheck.class,
            check,
            new Hashtable<>(Map.of(HealthCheck.NAME, "logship", HealthCheck.TAGS, code.value())));
  }

  @Override
  public String code() {
    return code.value();
  }

  @Override
  public LogAgent agent() {
    if (problem != null) {
      throw problem;
    }
    return agent;
  }

  /** Stops; what is under way counts as not sent. */
  @Deactivate
  public void deactivate() throws IOException {
    health.unregister();
    if (agent != null) {
      agent.close();
    }
  }
}
