package org.kiban.node.reconcile;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.TrustedClock;
import org.kiban.node.NodeMessages;
import org.kiban.node.config.Catalog;
import org.kiban.node.config.Desired;
import org.kiban.node.container.Configurations;
import org.kiban.node.container.Features;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the container closer to the desired state. Each step looks at the world first and does
 * nothing where it is right already, so that a step cut off by a crash is simply done again. A part
 * that fails is kept as a {@link Failure} and the others go on. Used by one thread.
 */
final class Convergence {

  private final Logger log = LoggerFactory.getLogger(Convergence.class);
  private final Configurations configurations;
  private final Features features;
  private final Owned owned;
  private final TrustedClock clock;

  /** By capability or PID. */
  private final SortedMap<String, Failure> failures = new TreeMap<>();

  Convergence(Configurations configurations, Features features, Owned owned, TrustedClock clock) {
    this.configurations = configurations;
    this.features = features;
    this.owned = owned;
    this.clock = clock;
  }

  /** What could not be done, by capability or PID. */
  SortedMap<String, Failure> failures() {
    return new TreeMap<>(failures);
  }

  /**
   * Does everything that is due.
   *
   * @throws IOException if the container's configurations cannot be read or the journal not written
   */
  void run(Desired desired) throws IOException {
    configure(desired.configurations());
    if (features.booted()) {
      SortedSet<String> wanted = desired.capabilities();
      failures.keySet().removeIf(k -> !k.contains(".") && !wanted.contains(k) && !isOwned(k));
      removeFeatures(wanted);
      wanted.retainAll(desired.carried());
      installFeatures(wanted);
    }
  }

  private boolean isOwned(String capability) {
    return owned.names().contains(capability);
  }

  private void configure(Map<String, Map<String, Object>> wanted) throws IOException {
    Map<String, Map<String, Object>> there = configurations.managed();
    failures.keySet().removeIf(k -> k.contains(".") && !wanted.containsKey(k));
    for (String pid : there.keySet()) {
      if (!wanted.containsKey(pid)) {
        attempt(pid, NodeMessages.CONFIGURE_FAILED, () -> configurations.delete(pid));
      }
    }
    wanted.forEach(
        (pid, values) -> {
          if (!same(values, there.get(pid))) {
            attempt(pid, NodeMessages.CONFIGURE_FAILED, () -> configurations.put(pid, values));
          }
        });
  }

  private void removeFeatures(Set<String> wanted) throws IOException {
    for (String capability : owned.names()) {
      if (!wanted.contains(capability)) {
        String feature = Catalog.feature(capability);
        boolean gone =
            !features.required().contains(feature)
                || attempt(
                    capability,
                    NodeMessages.REMOVE_FAILED,
                    () -> {
                      log.info("removing {}: no municipality uses it any more", feature);
                      features.uninstall(feature);
                    });
        if (gone) {
          owned.remove(capability);
          failures.remove(capability);
        }
      }
    }
  }

  private void installFeatures(Set<String> wanted) throws IOException {
    Set<String> required = features.required();
    SortedSet<String> missing = new TreeSet<>();
    for (String capability : wanted) {
      if (!required.contains(Catalog.feature(capability))) {
        missing.add(capability);
      } else if (failures.containsKey(capability)) {
        // The container keeps a feature whose bundles did not start; what is left is to start them.
        attempt(
            capability,
            NodeMessages.INSTALL_FAILED,
            () -> features.start(Catalog.feature(capability)));
      }
    }
    missing.removeIf(c -> !isDue(c));
    if (!missing.isEmpty()) {
      owned.add(missing);
      installTogetherOrEach(missing);
    }
  }

  private void installTogetherOrEach(SortedSet<String> missing) {
    if (missing.size() > 1) {
      try {
        install(missing);
        failures.keySet().removeAll(missing);
        return;
      } catch (Exception e) {
        log.debug("installing {} together failed, trying each", missing, e);
      }
    }
    for (String capability : missing) {
      if (!features.required().contains(Catalog.feature(capability))) {
        attempt(
            capability,
            NodeMessages.INSTALL_FAILED,
            () -> install(new TreeSet<>(Set.of(capability))));
      }
    }
  }

  private void install(SortedSet<String> capabilities) throws Exception {
    Set<String> names = new TreeSet<>();
    capabilities.forEach(c -> names.add(Catalog.feature(c)));
    log.info("installing {}", names);
    features.install(names);
  }

  /** A step that may fail. */
  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  private boolean isDue(String what) {
    Failure failure = failures.get(what);
    return failure == null || !clock.now().isBefore(failure.next());
  }

  private boolean attempt(String what, NodeMessages code, Step step) {
    if (!isDue(what)) {
      return false;
    }
    try {
      step.run();
      failures.remove(what);
      return true;
    } catch (Exception e) {
      Failure before = failures.get(what);
      int attempts = before == null ? 1 : before.attempts() + 1;
      long pause = Failure.pause(attempts).toSeconds();
      KibanException problem = new KibanException(e, Outcome.FAILED, code, what, brief(e), pause);
      failures.put(what, new Failure(problem, attempts, clock.now().plusSeconds(pause)));
      log.warn("{}", problem.describe(Locale.getDefault()).replaceAll("\\s*\\R\\s*", " "));
      log.debug("{}", what, e);
      return false;
    }
  }

  /** The first lines that say something: the container begins some of its messages "Error:". */
  private static String brief(Exception e) {
    String text =
        String.valueOf(e.getMessage())
            .lines()
            .map(String::strip)
            .filter(l -> !l.isEmpty() && !l.equals("Error:"))
            .findFirst()
            .orElse(e.getClass().getSimpleName());
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  private static boolean same(Map<String, Object> wanted, Map<String, Object> there) {
    return there != null
        && wanted.keySet().equals(there.keySet())
        && wanted.entrySet().stream()
            .allMatch(e -> Objects.deepEquals(e.getValue(), there.get(e.getKey())));
  }
}
