package org.kiban.update;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.addon.api.AddonChanges;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.NodePaths;
import org.kiban.core.Readiness;
import org.kiban.core.TrustedClock;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.FileBatches;
import org.kiban.core.storage.Journal;
import org.kiban.core.storage.Journals;
import org.kiban.update.home.Trial;
import org.kiban.update.home.Upgrade;
import org.kiban.update.os.OsPackages;
import org.kiban.update.os.SourceMemory;
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
 * Looks once a minute whether something is due, and after the configured time into the shared
 * folder, while a municipality asks for update management.
 */
@Component(service = Updater.class, configurationPid = "org.kiban.update.node")
@Designate(ocd = UpdateSettings.class)
public final class Updater {

  private static final Logger LOG = LoggerFactory.getLogger(Updater.class);

  private final Journal journal;
  private final TrustedClock clock;
  private final Desk desk;
  private final KibanException problem;
  private final Optional<Trial> trial;
  private final InHand inHand = new InHand();
  private final ServiceRegistration<HealthCheck> registration;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "kiban-update-1"));

  private volatile String unread = "";
  private Instant looked = Instant.MIN;

  /** Opens the history; what a crash cut off ends here. */
  @Activate
  public Updater(
      BundleContext context,
      UpdateSettings settings,
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference Journals journals,
      @Reference Keys keys,
      @Reference TrustedClock clock,
      @Reference AddonChanges addons,
      @Reference FileBatches batches,
      @Reference Readiness readiness,
      @Reference Municipalities municipalities)
      throws IOException {
    this.clock = clock;
    Path folder = paths.nodeDirectory("update");
    this.journal = journals.open(folder.resolve("journal"), keys.node("update-journal"));
    Desk opened = null;
    KibanException wrong = null;
    Trial begun = null;
    try {
      Rules rules = Rules.read(settings);
      Upgrade upgrade =
          new Upgrade(
              context, paths, files, batches, readiness, municipalities, addons, rules.trial());
      OsPackages packages = OsPackages.ofThisMachine(rules.urgent());
      SourceMemory memory = new SourceMemory(folder.resolve("os-sources.json"), files);
      Optional<PackagesPart> os =
          rules.helper().map(h -> new PackagesPart(packages, h, memory, new PackagesPart.Found()));
      List<Part> parts =
          new ArrayList<>(List.of(new AddonPart(addons), new DistributionPart(upgrade)));
      os.ifPresent(parts::add);
      OsDesk osDesk = new OsDesk(packages, memory, os, clock);
      opened = new Desk(paths, files, clock, new History(journal), rules, parts, osDesk);
      begun = upgrade.isOnTrial() ? new Trial(upgrade, rules.settle(), opened::settle) : null;
    } catch (KibanException e) {
      wrong = e;
      LOG.error("{}", e.getMessage());
    }
    this.desk = opened;
    this.problem = wrong;
    this.trial = Optional.ofNullable(begun);
    this.registration =
        context.registerService(
            HealthCheck.class,
            this::health,
            new Hashtable<>(Map.of(HealthCheck.NAME, "update", HealthCheck.TAGS, "node")));
    if (opened != null) {
      timer.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.MINUTES);
    }
  }

  /** Ends after the update and the commands under way. */
  @Deactivate
  public void deactivate() throws IOException, InterruptedException {
    registration.unregister();
    trial.ifPresent(Trial::close);
    timer.shutdown();
    timer.awaitTermination(1, TimeUnit.MINUTES);
    inHand.end(1, TimeUnit.MINUTES);
    journal.close();
  }

  /**
   * What the desk answers.
   *
   * @throws KibanException if the configuration cannot be used; {@link UpdateCode#CHANGING} if this
   *     has ended, and nothing was asked
   */
  <T> T ask(Function<Desk, T> question) {
    if (problem != null) {
      throw problem;
    }
    return inHand.ask(() -> question.apply(desk));
  }

  private void tick() {
    try {
      Instant now = clock.now();
      if (!now.isBefore(next())) {
        looked = now;
        look();
      }
      if (desk.rules().automatic() && !desk.isBusy()) {
        desk.apply(Optional.empty(), Desk.NODE, (name, step) -> LOG.info("{}: {}", name, step));
      }
    } catch (RuntimeException e) {
      LOG.error("{}", e.getMessage(), e);
    }
  }

  private Instant next() {
    return looked.equals(Instant.MIN) ? looked : looked.plus(desk.rules().look());
  }

  private void look() {
    try {
      if (desk.rules().folder() != null) {
        desk.take(null, Desk.NODE);
      }
      unread = "";
    } catch (KibanException e) {
      unread = e.getMessage();
      LOG.warn("{}", unread);
    }
    try {
      if (desk.rules().os()) {
        desk.os().look();
      }
    } catch (KibanException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  /** How updates are, for the node and for each municipality. */
  Result health() {
    return problem != null
        ? new Result(Result.Status.WARN, problem.getMessage())
        : UpdateVerdict.of(desk, unread, clock.now());
  }
}
