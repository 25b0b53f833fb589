package org.kiban.exchange.engine;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.kiban.core.Continuity;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Municipality;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.PartnerUse;
import org.kiban.core.Partners;
import org.kiban.core.TrustedClock;
import org.kiban.core.backup.BackupSource;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.Databases;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journals;
import org.kiban.exchange.api.Exchange;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The linkage of one municipality, there while the municipality switches it on. */
@Component(
    service = MunicipalExchange.class,
    immediate = true,
    configurationPid = "org.kiban.exchange",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ExchangeConfig.class, factory = true)
public final class MunicipalExchange implements PartnerUse {

  private final MunicipalityCode code;
  private final Runner runner;
  private final List<ServiceRegistration<?>> registrations;

  /** Begins at once; what fails to open is tried again. */
  @Activate
  public MunicipalExchange(
      ExchangeConfig config,
      BundleContext context,
      @Reference Municipalities municipalities,
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference Journals journals,
      @Reference Databases databases,
      @Reference Keys keys,
      @Reference TrustedClock clock,
      @Reference Transports transports,
      @Reference Partners partners) {
    Municipality municipality = municipalities.require(config.code());
    this.code = municipality.code();
    this.runner =
        new Runner(
            municipality,
            config,
            new Worksite.Node(
                paths, files, journals, databases, keys, clock, transports, partners));
    Dictionary<String, Object> whose = new Hashtable<>(Map.of("municipality", code.value()));
    Dictionary<String, Object> check =
        new Hashtable<>(
            Map.of(HealthCheck.NAME, "exchange", HealthCheck.TAGS, new String[] {code.value()}));
    Exchange desk = new Desk(code, runner::worksite);
    this.registrations =
        List.of(
            context.registerService(Exchange.class, desk, whose),
            context.registerService(Continuity.class, new LedgerContinuity(code, desk), null),
            context.registerService(HealthCheck.class, runner, check),
            context.registerService(PartnerUse.class, this, null),
            context.registerService(
                BackupSource.class,
                new ExchangeSource(
                    code, new Places(paths.municipalityDirectory(code, Worksite.CAPABILITY))),
                null));
  }

  @Override
  public List<String> usersOf(MunicipalityCode municipality, String partner) {
    if (!municipality.equals(code)) {
      return List.of();
    }
    try {
      return runner.worksite().declarations.inForce().values().stream()
          .map(Declarations.Loaded::declaration)
          .filter(
              d ->
                  d.provider().equals(partner)
                      || d.consumers().stream().anyMatch(c -> c.system().equals(partner)))
          .map(d -> d.id())
          .toList();
    } catch (KibanException e) {
      if (e.outcome() == Outcome.FAILED) {
        return List.of();
      }
      throw e;
    }
  }

  /** Ends after the batch in hand. */
  @Deactivate
  public void close() {
    registrations.forEach(ServiceRegistration::unregister);
    runner.close();
  }
}
