package org.kiban.addon.swap;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Asks the health checks of add-ons now, each within a limit; one that hangs is not asked again
 * before it has answered. Safe for any thread.
 */
final class Probe {

  /** What a check said. */
  record Answer(Result.Status status, String message) {}

  private final BundleContext context;
  private final Patience patience;
  private final Duration limit;
  private final Map<Object, Thread> hanging = new ConcurrentHashMap<>();

  Probe(BundleContext context, Patience patience, Duration limit) {
    this.context = context;
    this.patience = patience;
    this.limit = limit;
  }

  /** The answers of the checks with a tag, by name. */
  Map<String, Answer> answers(String tag) {
    hanging.values().removeIf(t -> !t.isAlive());
    Map<String, Answer> answers = new TreeMap<>();
    for (ServiceReference<HealthCheck> reference : references()) {
      if (tags(reference).contains(tag)) {
        answers.put(String.valueOf(reference.getProperty(HealthCheck.NAME)), ask(reference));
      }
    }
    return answers;
  }

  private Answer ask(ServiceReference<HealthCheck> reference) {
    Object id = reference.getProperty("service.id");
    if (hanging.containsKey(id)) {
      return late();
    }
    try {
      return patience.within(limit, () -> execute(reference));
    } catch (Patience.Overdue e) {
      hanging.put(id, e.thread());
      return late();
    } catch (Exception e) {
      return new Answer(Result.Status.HEALTH_CHECK_ERROR, OsgiWorld.reason(e));
    }
  }

  private Answer late() {
    return new Answer(
        Result.Status.HEALTH_CHECK_ERROR, "no answer within " + limit.toSeconds() + " s / 応答なし");
  }

  private Answer execute(ServiceReference<HealthCheck> reference) {
    HealthCheck check = context.getService(reference);
    if (check == null) {
      return new Answer(Result.Status.TEMPORARILY_UNAVAILABLE, "not there yet / まだありません");
    }
    try {
      Result result = check.execute();
      String message = "";
      for (ResultLog.Entry entry : result) {
        if (!entry.isDebug() && entry.getStatus() == result.getStatus() && !result.isOk()) {
          message = String.valueOf(entry.getMessage());
        }
      }
      return new Answer(result.getStatus(), message);
    } finally {
      context.ungetService(reference);
    }
  }

  private List<ServiceReference<HealthCheck>> references() {
    try {
      return List.copyOf(context.getServiceReferences(HealthCheck.class, null));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter was given", e);
    }
  }

  private static List<String> tags(ServiceReference<HealthCheck> reference) {
    Object tags = reference.getProperty(HealthCheck.TAGS);
    if (tags instanceof String[] several) {
      return Arrays.asList(several);
    }
    return tags == null ? List.of() : List.of(tags.toString());
  }
}
