package org.kiban.addon.swap;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.Readiness;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/**
 * An add-on is well when its bundles run, none of its components failed, each of its health checks
 * (at least one) says so, it listens on no port that it did not declare, and the node is no worse
 * than before.
 */
final class HealthGate implements Gate {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** A check that says critical may still be starting; one that says so this long is believed. */
  private static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final BundleContext context;
  private final ServiceComponentRuntime components;
  private final Readiness readiness;
  private final Probe probe;
  private final Ports ports;
  private final long graceNanos;
  private final long settleNanos;

  HealthGate(
      BundleContext context,
      ServiceComponentRuntime components,
      Readiness readiness,
      Probe probe,
      Ports ports,
      AddonConfig config) {
    this.context = context;
    this.components = components;
    this.readiness = readiness;
    this.probe = probe;
    this.ports = ports;
    this.graceNanos = TimeUnit.SECONDS.toNanos(config.grace$_$seconds());
    this.settleNanos = TimeUnit.SECONDS.toNanos(config.settle$_$seconds());
  }

  @Override
  public Before before() {
    NodeWatch node = NodeWatch.of(readiness.report(), readiness.checks(), running());
    return new Watch(node, ports.listening());
  }

  /** What one look found. */
  private record Look(Verdict verdict, String reason) {}

  /** How an add-on looks. */
  private enum Verdict {
    GOOD,
    NOT_YET,
    BAD,
    HOPELESS
  }

  private static final Look GOOD = new Look(Verdict.GOOD, "");

  /** Watches one swap. */
  private final class Watch implements Before {
    private final NodeWatch node;
    private final Set<Integer> open;

    Watch(NodeWatch node, Set<Integer> open) {
      this.node = node;
      this.open = open;
    }

    @Override
    public void judge(Addon addon) {
      long began = System.nanoTime();
      long good = -1;
      long bad = -1;
      while (true) {
        Look look = look(addon);
        long now = System.nanoTime();
        good = look.verdict() != Verdict.GOOD ? -1 : good < 0 ? now - began : good;
        bad = look.verdict() != Verdict.BAD ? -1 : bad < 0 ? now - began : bad;
        if (good >= 0 && now - began - good >= settleNanos) {
          return;
        }
        boolean hopeless =
            look.verdict() == Verdict.HOPELESS || bad >= 0 && now - began - bad >= BELIEVED_NANOS;
        if (hopeless || look.verdict() != Verdict.GOOD && now - began >= graceNanos) {
          throw new KibanException(
              Outcome.FAILED, SwapMessage.UNHEALTHY, addon.id(), addon.version(), look.reason());
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }

    private Look look(Addon addon) {
      for (Piece piece : addon.pieces()) {
        Bundle bundle = context.getBundle(piece.location());
        if (!piece.fragment() && (bundle == null || bundle.getState() != Bundle.ACTIVE)) {
          return new Look(Verdict.BAD, piece.symbolicName() + " does not run");
        }
      }
      Set<Integer> undeclared = new TreeSet<>(ports.listening());
      undeclared.removeAll(open);
      undeclared.removeIf(p -> addon.permissions().ports().contains(p.toString()));
      if (!undeclared.isEmpty()) {
        return new Look(Verdict.BAD, "listens on undeclared ports " + undeclared);
      }
      return failedComponent(addon).orElseGet(() -> health(addon));
    }

    private Look health(Addon addon) {
      Map<String, Probe.Answer> answers = probe.answers(addon.id());
      if (answers.isEmpty()) {
        String waiting = waiting(addon);
        return new Look(Verdict.NOT_YET, "no health check with the tag " + addon.id() + waiting);
      }
      for (Map.Entry<String, Probe.Answer> answer : answers.entrySet()) {
        Result.Status status = answer.getValue().status();
        String reason = answer.getKey() + ": " + status + " " + answer.getValue().message();
        if (status == Result.Status.TEMPORARILY_UNAVAILABLE) {
          return new Look(Verdict.NOT_YET, reason);
        }
        if (status.ordinal() > Result.Status.TEMPORARILY_UNAVAILABLE.ordinal()) {
          return new Look(Verdict.BAD, reason);
        }
      }
      return node(addon);
    }

    private Look node(Addon addon) {
      return node.worse(readiness.report(), readiness.checks(), running(), touched(addon))
          .map(r -> new Look(Verdict.NOT_YET, "the node is worse than before: " + r))
          .orElse(GOOD);
    }
  }

  private Set<String> running() {
    return Arrays.stream(context.getBundles())
        .filter(b -> b.getState() == Bundle.ACTIVE)
        .map(Bundle::getSymbolicName)
        .collect(Collectors.toSet());
  }

  /** The add-on's bundles, and those that are wired to them or use their services. */
  private Set<String> touched(Addon addon) {
    List<Bundle> own = bundles(addon).toList();
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    Set<Bundle> touched =
        new HashSet<>(system.adapt(FrameworkWiring.class).getDependencyClosure(own));
    own.forEach(b -> touched.addAll(users(b)));
    return touched.stream().map(Bundle::getSymbolicName).collect(Collectors.toSet());
  }

  /** Whoever only asks how a bundle is does not depend on it. */
  private static Set<Bundle> users(Bundle bundle) {
    Set<Bundle> users = new HashSet<>();
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
      List<String> names = Arrays.asList((String[]) service.getProperty(Constants.OBJECTCLASS));
      if (!names.contains(HealthCheck.class.getName()) && service.getUsingBundles() != null) {
        users.addAll(Arrays.asList(service.getUsingBundles()));
      }
    }
    return users;
  }

  private Optional<Look> failedComponent(Addon addon) {
    return configurations(addon)
        .filter(c -> c.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
        .map(c -> new Look(Verdict.HOPELESS, c.description.name + ": " + cause(c.failure)))
        .findFirst();
  }

  private String waiting(Addon addon) {
    return configurations(addon)
        .filter(c -> c.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE)
        .map(
            c ->
                "; "
                    + c.description.name
                    + " waits for "
                    + Arrays.stream(c.unsatisfiedReferences).map(r -> r.name).toList())
        .findFirst()
        .orElse("");
  }

  private Stream<Bundle> bundles(Addon addon) {
    return addon.pieces().stream().map(p -> context.getBundle(p.location())).filter(b -> b != null);
  }

  private Stream<ComponentConfigurationDTO> configurations(Addon addon) {
    Bundle[] bundles = bundles(addon).toArray(Bundle[]::new);
    return components.getComponentDescriptionDTOs(bundles).stream()
        .flatMap(d -> components.getComponentConfigurationDTOs(d).stream());
  }

  /** The innermost cause that a stack trace names. */
  private static String cause(String stackTrace) {
    return stackTrace == null
        ? "?"
        : stackTrace
            .lines()
            .filter(l -> l.startsWith("Caused by: "))
            .reduce((a, b) -> b)
            .map(l -> l.substring("Caused by: ".length()))
            .orElse(stackTrace.lines().findFirst().orElse("?"));
  }
}
