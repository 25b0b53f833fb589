package org.kiban.node.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.kiban.core.KibanException;
import org.kiban.core.Municipality;
import org.kiban.node.config.Catalog;
import org.kiban.node.config.Declared;
import org.kiban.node.config.Desired;
import org.kiban.node.reconcile.Failure;
import org.kiban.node.reconcile.Reconciler.Progress;

/**
 * Decides how a capability of a municipality is, from what is wished, what the reconciler reached
 * and what health checks say. Immutable.
 *
 * @param catalog names
 * @param desired what is wished
 * @param progress what the reconciler reached
 * @param answers health checks' answers by name, of a tag
 * @param why the container's reason for a PID that is not active
 * @param now the time
 * @param grace how long a capability may take to come up
 */
record CapabilityView(
    Catalog catalog,
    Desired desired,
    Progress progress,
    Function<String, Map<String, HealthMonitor.Answer>> answers,
    UnaryOperator<String> why,
    Instant now,
    Duration grace) {

  CapabilityStatus of(Municipality municipality, String capability, Locale locale) {
    String instance = capability + "~" + municipality.code();
    String pid = "org.kiban." + instance;
    Failure failure = progress.failures().getOrDefault(capability, progress.failures().get(pid));
    HealthMonitor.Answer answer = answers.apply(municipality.code().value()).get(capability);
    if (failure != null) {
      return status(capability, CapabilityState.FAILED, brief(failure.problem(), locale));
    }
    if (!desired.carried().contains(capability)) {
      return status(capability, CapabilityState.UNAVAILABLE, "");
    }
    if (answer != null) {
      return answered(capability, instance, answer);
    }
    Instant since = progress.since().get(instance);
    if (since == null) {
      return status(capability, CapabilityState.WAITING, "");
    }
    String reason = why.apply(pid);
    boolean late = now.isAfter(since.plus(grace));
    return status(
        capability,
        late || reason.startsWith("KBN-") ? CapabilityState.FAILED : CapabilityState.STARTING,
        late && reason.isEmpty() ? "no health check / 健全性の応答なし" : reason);
  }

  /**
   * Everything to show of a municipality: what it lists, and what is still there though not listed.
   */
  List<CapabilityStatus> all(Declared declared, Locale locale) {
    Municipality municipality = declared.municipality();
    Set<String> there = answers.apply(municipality.code().value()).keySet();
    SortedSet<String> names = new TreeSet<>(municipality.capabilities());
    names.addAll(there);
    return names.stream()
        .map(
            c ->
                declared.enabled() && municipality.has(c)
                    ? of(municipality, c, locale)
                    : status(
                        c, there.contains(c) ? CapabilityState.STOPPING : CapabilityState.OFF, ""))
        .toList();
  }

  private CapabilityStatus answered(
      String capability, String instance, HealthMonitor.Answer answer) {
    Instant since = progress.since().getOrDefault(instance, now);
    boolean inGrace = !now.isAfter(since.plus(grace));
    CapabilityState state =
        switch (answer.status()) {
          case OK -> CapabilityState.RUNNING;
          case WARN -> CapabilityState.WARNING;
          case TEMPORARILY_UNAVAILABLE ->
              inGrace ? CapabilityState.STARTING : CapabilityState.FAILED;
          default -> CapabilityState.FAILED;
        };
    return status(capability, state, answer.message());
  }

  private CapabilityStatus status(String capability, CapabilityState state, String reason) {
    return new CapabilityStatus(
        capability,
        catalog.label(capability, Locale.JAPANESE),
        catalog.label(capability, Locale.ENGLISH),
        catalog.isOwn(capability),
        state,
        reason);
  }

  /** Code and text in one line. */
  static String brief(KibanException problem, Locale locale) {
    return problem.describe(locale).lines().findFirst().orElse("");
  }
}
