package org.kiban.update.home;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.addon.api.AddonChanges;
import org.kiban.core.Continuity;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Readiness;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Says what the node has, and what of it is missing in the version after.
 *
 * @param context finds the services of the moment
 * @param readiness of the node
 * @param municipalities that it serves
 * @param addons that are installed
 */
record Witness(
    BundleContext context,
    Readiness readiness,
    Municipalities municipalities,
    AddonChanges addons) {

  private static final String READY = "ready";
  private static final String MUNICIPALITIES = "municipalities";
  private static final String ADDONS = "add-ons";
  private static final String CRITICAL = "critical";

  /** Everything that must still be there, by what it is about. */
  SortedMap<String, SortedMap<String, String>> facts() {
    SortedMap<String, SortedMap<String, String>> all = new TreeMap<>();
    all.put(READY, new TreeMap<>(java.util.Map.of(READY, "" + readiness.report().ready())));
    all.put(MUNICIPALITIES, served());
    all.put(ADDONS, addons.installed());
    all.put(CRITICAL, critical());
    each(Continuity.class, c -> all.put(c.name(), c.facts()));
    return all;
  }

  private SortedMap<String, String> served() {
    return municipalities.all().stream()
        .collect(
            Collectors.toMap(
                m -> m.code().value(),
                m -> String.join(",", m.capabilities()),
                (a, b) -> b,
                TreeMap::new));
  }

  private SortedMap<String, String> critical() {
    SortedMap<String, String> found = new TreeMap<>();
    for (ServiceReference<HealthCheck> check : references(HealthCheck.class)) {
      Result.Status status = with(check, c -> c.execute().getStatus(), Result.Status.OK);
      if (status.ordinal() > Result.Status.TEMPORARILY_UNAVAILABLE.ordinal()) {
        String tags = Arrays.toString(tags(check));
        found.put(check.getProperty(HealthCheck.NAME) + " " + tags, status.name());
      }
    }
    return found;
  }

  private static Object[] tags(ServiceReference<HealthCheck> check) {
    Object tags = check.getProperty(HealthCheck.TAGS);
    return tags instanceof Object[] several ? several : new Object[] {tags};
  }

  /** Whether the node is still coming up, so that what is missing may yet come. */
  boolean isStarting() {
    return readiness.report().state() == Readiness.State.STARTING;
  }

  /**
   * What is worse than it was.
   *
   * @param before what the version before wrote down
   * @return one line each; empty if nothing is
   */
  List<String> missing(SortedMap<String, SortedMap<String, String>> before) {
    List<String> missing = new ArrayList<>();
    Readiness.Report now = readiness.report();
    if (was(before, READY).containsValue("true") && !now.ready()) {
      missing.add("not ready: " + String.join("; ", now.problems()));
    }
    compare(MUNICIPALITIES, was(before, MUNICIPALITIES), served(), missing);
    compare(ADDONS, was(before, ADDONS), addons.installed(), missing);
    critical().keySet().stream()
        .filter(c -> !was(before, CRITICAL).containsKey(c))
        .forEach(c -> missing.add("health: " + c));
    if (missing.isEmpty()) {
      continuing(before, missing);
    }
    return missing;
  }

  /** Last, since they may take long. */
  private void continuing(
      SortedMap<String, SortedMap<String, String>> before, List<String> missing) {
    SortedMap<String, Continuity> here = new TreeMap<>();
    each(Continuity.class, c -> here.put(c.name(), c));
    before.forEach(
        (name, facts) -> {
          if (here.containsKey(name)) {
            missing.addAll(missing(here.get(name), facts));
          } else if (!List.of(READY, MUNICIPALITIES, ADDONS, CRITICAL).contains(name)) {
            missing.add(name + ": not there");
          }
        });
  }

  private static List<String> missing(Continuity of, SortedMap<String, String> facts) {
    try {
      return of.missing(facts);
    } catch (KibanException e) {
      return List.of(of.name() + ": " + e.getMessage());
    }
  }

  private static SortedMap<String, String> was(
      SortedMap<String, SortedMap<String, String>> before, String name) {
    return before.getOrDefault(name, new TreeMap<>());
  }

  private static void compare(
      String what,
      SortedMap<String, String> before,
      SortedMap<String, String> now,
      List<String> to) {
    before.forEach(
        (name, value) -> {
          if (!value.equals(now.get(name))) {
            to.add("%s: %s was %s, is %s".formatted(what, name, value, now.get(name)));
          }
        });
  }

  private <T> void each(Class<T> type, java.util.function.Consumer<T> work) {
    for (ServiceReference<T> reference : references(type)) {
      with(
          reference,
          service -> {
            work.accept(service);
            return null;
          },
          null);
    }
  }

  private <T> List<ServiceReference<T>> references(Class<T> type) {
    try {
      return context.getServiceReferences(type, null).stream()
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter is right", e);
    }
  }

  private <T, R> R with(ServiceReference<T> reference, Function<T, R> work, R otherwise) {
    T service = context.getService(reference);
    try {
      return service == null ? otherwise : work.apply(service);
    } finally {
      context.ungetService(reference);
    }
  }
}
