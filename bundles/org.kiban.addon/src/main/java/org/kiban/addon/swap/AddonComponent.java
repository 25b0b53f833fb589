package org.kiban.addon.swap;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.karaf.features.BootFinished;
import org.kiban.addon.pack.AddonVersion;
import org.kiban.addon.pack.Limits;
import org.kiban.addon.pack.TrustStore;
import org.kiban.addon.pack.Verified;
import org.kiban.addon.pack.Verifier;
import org.kiban.core.KibanException;
import org.kiban.core.NodePaths;
import org.kiban.core.NodeState;
import org.kiban.core.Outcome;
import org.kiban.core.Readiness;
import org.kiban.core.TrustedClock;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journal;
import org.kiban.core.storage.Journals;
import org.kiban.route.api.Routes;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Begins when the container has booted: first the recovery, then whatever operators ask for. Its
 * health says which add-ons do not work, which never keeps the node from being ready.
 */
@Component(
    service = {Addons.class, HealthCheck.class},
    immediate = true,
    configurationPid = "org.kiban.addon",
    property = {HealthCheck.NAME + "=addon", HealthCheck.TAGS + "=node"})
@Designate(ocd = AddonConfig.class)
public final class AddonComponent implements Addons, HealthCheck {

  private static final Duration HEALTH_LIMIT = Duration.ofSeconds(3);

  private final BundleContext context;
  private final NodePaths paths;
  private final NodeState state;
  private final Journal journal;
  private final Shop shop;
  private final Probe probe;
  private final Planner planner;
  private final ScheduledExecutorService thread;
  private final Recovery recovery;

  /** The add-on that is being swapped: until that is over, nobody can say how it is. */
  private volatile String busy = "";

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      fieldOption = FieldOption.REPLACE)
  private volatile Collection<Map.Entry<Map<String, Object>, Routes>> routes = List.of();

  /** Opens the journal and begins the recovery on a thread of its own. */
  @Activate
  public AddonComponent(
      BundleContext context,
      @Reference BootFinished booted,
      @Reference NodePaths paths,
      @Reference NodeState state,
      @Reference Readiness readiness,
      @Reference DurableFiles files,
      @Reference Journals journals,
      @Reference Keys keys,
      @Reference TrustedClock clock,
      @Reference ConfigurationAdmin configurations,
      @Reference ServiceComponentRuntime components,
      AddonConfig config) {
    this.context = context;
    this.paths = paths;
    this.state = state;
    Path folder = paths.nodeDirectory("addon");
    Patience patience = new Patience();
    this.probe = new Probe(context, patience, HEALTH_LIMIT);
    try {
      this.journal = journals.open(folder.resolve("journal"), keys.node("addon-journal"));
      this.shop =
          new Shop(
              new AddonJournal(journal, clock),
              new Store(folder.resolve("store"), files, (v, f) -> verifier().unpack(v, f)),
              new OsgiWorld(
                  context,
                  patience,
                  Duration.ofSeconds(config.start$_$seconds()),
                  Duration.ofSeconds(config.stop$_$seconds())),
              new HealthGate(context, components, readiness, probe, new Ports(), config),
              Configs.of(configurations),
              state,
              files,
              folder.resolve("before.json"),
              clock);
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, SwapMessage.JOURNAL, e.toString());
    }
    this.planner = new Planner(shop, new TouchedRoutes(context, () -> routes)::of);
    this.thread = Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "kiban-addon-0"));
    this.recovery =
        new Recovery(
            this::recover,
            thread,
            (why, seconds) -> shop.warn(SwapMessage.NOT_RECOVERED, why, seconds));
    recovery.begin();
  }

  /** Ends the work under way at its next step; the next start finishes it. */
  @Deactivate
  public void stop() throws IOException, InterruptedException {
    thread.shutdown();
    thread.awaitTermination(30, TimeUnit.SECONDS);
    journal.close();
  }

  private SortedMap<String, String> recover() throws Exception {
    return shop.isIdle() ? new TreeMap<>() : exclusively(shop::recover);
  }

  private <T> T exclusively(Callable<T> work) throws Exception {
    return state.change(
        () -> {
          synchronized (shop) {
            return work.call();
          }
        });
  }

  private Verifier verifier() {
    return new Verifier(
        TrustStore.read(paths.etc().resolve("trust")),
        this::api,
        Clock.systemDefaultZone(),
        Limits.DEFAULT);
  }

  private Optional<AddonVersion> api(String symbolicName) {
    return Arrays.stream(context.getBundles())
        .filter(b -> symbolicName.equals(b.getSymbolicName()))
        .map(b -> AddonVersion.parse(b.getVersion().toString()))
        .findFirst();
  }

  @Override
  public Verified verify(Path file) {
    return verifier().verify(absolute(file));
  }

  private static Path absolute(Path file) {
    if (!file.isAbsolute()) {
      throw new KibanException(Outcome.USAGE, SwapMessage.NOT_ABSOLUTE, file);
    }
    return file;
  }

  /** Work that nothing else may disturb. */
  private <T> T alone(Callable<T> work) {
    if (!recovery.isDone()) {
      throw new KibanException(Outcome.REFUSED, SwapMessage.STILL_STARTING);
    }
    try {
      return exclusively(work);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new KibanException(e, Outcome.FAILED, SwapMessage.NOT_WRITABLE, e.toString());
    }
  }

  @Override
  public Plan plan(Path file) {
    Verified verified = verify(file);
    Operation operation =
        shop.journal().installed().containsKey(verified.manifest().id())
            ? Operation.UPDATE
            : Operation.INSTALL;
    return alone(
        () -> {
          Plan plan = planner.put(operation, verified);
          return plan.problems().isEmpty() ? new Trial(shop).of(plan, verified) : plan;
        });
  }

  @Override
  public Plan planRemoval(String id) {
    return alone(() -> planner.remove(id));
  }

  @Override
  public Entry put(Operation operation, Path file, Consumer<Step> progress) {
    Verified verified = verify(file);
    return alone(
        () -> {
          planner.put(operation, verified).require();
          return run(operation, verified.manifest().id(), Optional.of(verified), progress);
        });
  }

  @Override
  public Entry remove(String id, Consumer<Step> progress) {
    return alone(
        () -> {
          planner.remove(id).require();
          return run(Operation.REMOVE, id, Optional.empty(), progress);
        });
  }

  private Entry run(
      Operation operation, String id, Optional<Verified> verified, Consumer<Step> progress) {
    busy = id;
    try {
      new Transaction(shop, operation, id, verified, progress).run();
    } finally {
      busy = "";
    }
    recovery.settled(id);
    return shop.journal().entries().get(0);
  }

  @Override
  public List<View> list() {
    List<View> views = new ArrayList<>();
    shop.journal().installed().values().forEach(a -> views.add(view(a)));
    return views;
  }

  private View view(Addon addon) {
    String why = recovery.failed().get(addon.id());
    if (why != null) {
      return new View(addon, View.State.FAILED, why);
    }
    View.State state = View.State.RUNNING;
    String message = "";
    for (Map.Entry<String, Probe.Answer> answer : probe.answers(addon.id()).entrySet()) {
      Result.Status status = answer.getValue().status();
      if (status != Result.Status.OK && state != View.State.FAILED) {
        state = status == Result.Status.WARN ? View.State.WARNING : View.State.FAILED;
        message = answer.getKey() + ": " + answer.getValue().message();
      }
    }
    for (Piece piece : addon.pieces()) {
      if (!piece.fragment() && !shop.world().isRunning(piece.location())) {
        return new View(addon, View.State.FAILED, piece.symbolicName());
      }
    }
    return new View(addon, state, message);
  }

  @Override
  public List<Entry> history() {
    return shop.journal().entries();
  }

  @Override
  public List<String> ids() {
    return List.copyOf(shop.journal().installed().keySet());
  }

  @Override
  public Result execute() {
    Locale locale = Locale.getDefault();
    SwapMessage code = SwapMessage.NOT_RUNNING;
    return list().stream()
        .filter(v -> v.state() != View.State.RUNNING && !v.addon().id().equals(busy))
        .map(
            v ->
                code.code()
                    + ": "
                    + code.text(locale, v.addon().id(), v.addon().version(), v.message()))
        .findFirst()
        .map(text -> new Result(Result.Status.WARN, text))
        .orElseGet(() -> new Result(Result.Status.OK, ""));
  }
}
