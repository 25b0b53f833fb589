package org.kiban.node.status;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.felix.hc.api.Result;
import org.kiban.core.KibanException;
import org.kiban.core.Municipality;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.Readiness;
import org.kiban.core.TrustedClock;
import org.kiban.node.NodeMessages;
import org.kiban.node.config.Declared;
import org.kiban.node.config.Desired;
import org.kiban.node.config.Registry;
import org.kiban.node.config.Settings;
import org.kiban.node.reconcile.Reconciler;
import org.kiban.node.runtime.Release;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Puts together what the parts of the node know. Answers from memory. Safe for any thread. */
@Component(service = {Readiness.class, NodeView.class})
public final class NodeView implements Readiness {

  private static final String NODE_TAG = "node";

  private final NodePaths paths;
  private final TrustedClock clock;
  private final Registry registry;
  private final Reconciler reconciler;
  private final HealthMonitor health;
  private final Components components;
  private final Duration grace;
  private final Release release;

  /** Looks at the given parts. */
  @Activate
  public NodeView(
      BundleContext context,
      @Reference NodePaths paths,
      @Reference TrustedClock clock,
      @Reference Registry registry,
      @Reference Reconciler reconciler,
      @Reference HealthMonitor health,
      @Reference Components components) {
    this.paths = paths;
    this.release = Release.of(paths, context);
    this.clock = clock;
    this.registry = registry;
    this.reconciler = reconciler;
    this.health = health;
    this.components = components;
    this.grace = Duration.ofSeconds(Settings.load(paths.etc()).startGraceSeconds());
  }

  @Override
  public Report report() {
    NodeStatus status = status(Locale.ENGLISH);
    return new Report(
        status.state(), status.ready(), status.levels(), status.problems(), clock.now());
  }

  @Override
  public List<Check> checks() {
    return health.all();
  }

  /**
   * Returns everything that there is to show.
   *
   * @param locale the reader's
   */
  public NodeStatus status(Locale locale) {
    List<MunicipalityStatus> municipalities = municipalities(locale);
    List<String> framework = framework();
    List<CapabilityStatus> all =
        municipalities.stream()
            .filter(MunicipalityStatus::enabled)
            .flatMap(m -> m.capabilities().stream())
            .toList();
    Predicate<CapabilityStatus> isMessaging = c -> c.name().equals("messaging");
    List<Level> levels = new ArrayList<>();
    add(levels, "framework", framework);
    add(levels, "messaging", blocking(all, isMessaging));
    add(levels, "capabilities", blocking(all, isMessaging.negate()));
    add(levels, "ready", List.of());
    boolean ready = levels.get(levels.size() - 1).reached();
    List<String> problems = problems(municipalities, locale);
    boolean starting =
        !reconciler.progress().settled() || all.stream().anyMatch(c -> c.state().isComing());
    State state =
        starting ? State.STARTING : ready && problems.isEmpty() ? State.READY : State.DEGRADED;
    return new NodeStatus(
        release.version(),
        paths.home().toString(),
        paths.onTrial() && Files.exists(paths.data().resolve("node/update/trial")),
        paths.nodeName(),
        ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
        state,
        ready,
        levels,
        municipalities,
        problems);
  }

  /**
   * Returns one municipality, switched on or off.
   *
   * @throws KibanException (usage) if no file declares it
   */
  public MunicipalityStatus municipality(MunicipalityCode code, Locale locale) {
    return municipalities(locale).stream()
        .filter(m -> m.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new KibanException(Outcome.USAGE, NodeMessages.NOT_SERVED, code));
  }

  /** Returns all municipalities that a file declares, switched on or off, by code. */
  public List<MunicipalityStatus> municipalities(Locale locale) {
    Desired desired = registry.desired();
    CapabilityView view =
        new CapabilityView(
            registry.catalog(),
            desired,
            reconciler.progress(),
            health::answers,
            components::whyNotActive,
            clock.now(),
            grace);
    return desired.municipalities().values().stream()
        .map(d -> municipality(d, desired.problems().get(d.file()), view, locale))
        .toList();
  }

  private static MunicipalityStatus municipality(
      Declared declared, KibanException problem, CapabilityView view, Locale locale) {
    Municipality municipality = declared.municipality();
    return new MunicipalityStatus(
        municipality.code(),
        municipality.name(),
        municipality.site(),
        municipality.environment(),
        declared.enabled(),
        declared.file(),
        problem == null ? "" : CapabilityView.brief(problem, locale),
        view.all(declared, locale));
  }

  private List<String> framework() {
    List<String> reasons = new ArrayList<>();
    if (!reconciler.progress().settled()) {
      reasons.add("the container is still starting");
    } else {
      reasons.addAll(components.bundleProblems());
      health.answers(NODE_TAG).forEach((name, answer) -> addIfBad(reasons, name, answer));
    }
    return reasons;
  }

  private static void addIfBad(List<String> to, String name, HealthMonitor.Answer answer) {
    if (answer.status().ordinal() >= Result.Status.TEMPORARILY_UNAVAILABLE.ordinal()) {
      to.add(name + ": " + answer.message());
    }
  }

  /** Our own capabilities that do not work; add-ons block nothing. */
  private static List<String> blocking(
      List<CapabilityStatus> all, Predicate<CapabilityStatus> which) {
    return all.stream()
        .filter(which)
        .filter(CapabilityStatus::own)
        .filter(c -> c.state().isBad())
        .map(c -> (c.name() + " " + c.state().english() + " " + c.reason()).strip())
        .distinct()
        .toList();
  }

  /** Adds a level, which is reached only if those below it are. */
  private static void add(List<Level> levels, String name, List<String> reasons) {
    List<String> all = new ArrayList<>(reasons);
    levels.stream()
        .filter(l -> !l.reached())
        .findFirst()
        .ifPresent(l -> all.add("waits for " + l.name()));
    levels.add(new Level(name, all.isEmpty(), String.join("; ", all)));
  }

  private List<String> problems(List<MunicipalityStatus> municipalities, Locale locale) {
    List<String> problems = new ArrayList<>();
    registry
        .desired()
        .problems()
        .values()
        .forEach(p -> problems.add(CapabilityView.brief(p, locale)));
    reconciler
        .progress()
        .failures()
        .values()
        .forEach(f -> problems.add(CapabilityView.brief(f.problem(), locale)));
    for (MunicipalityStatus municipality : municipalities) {
      municipality.capabilities().stream()
          .filter(c -> municipality.enabled())
          .filter(c -> c.state() == CapabilityState.FAILED)
          .filter(c -> !reconciler.progress().failures().containsKey(c.name()))
          .forEach(c -> problems.add(failed(municipality, c, locale)));
    }
    problems.addAll(nodeProblems());
    return problems;
  }

  private static String failed(
      MunicipalityStatus municipality, CapabilityStatus capability, Locale locale) {
    return CapabilityView.brief(
        new KibanException(
            Outcome.FAILED,
            NodeMessages.CAPABILITY_FAILED,
            capability.name(),
            municipality.code(),
            capability.reason()),
        locale);
  }

  private List<String> nodeProblems() {
    List<String> problems = new ArrayList<>();
    if (reconciler.progress().settled()) {
      problems.addAll(components.bundleProblems());
      for (Map.Entry<String, HealthMonitor.Answer> entry : health.answers(NODE_TAG).entrySet()) {
        if (entry.getValue().status() != Result.Status.OK) {
          problems.add(entry.getKey() + ": " + entry.getValue().message());
        }
      }
    }
    return problems;
  }
}
