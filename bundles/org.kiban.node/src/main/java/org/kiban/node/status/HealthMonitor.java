package org.kiban.node.status;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.kiban.core.NodePaths;
import org.kiban.core.Readiness;
import org.kiban.node.config.Settings;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Asks every health check in the container, each on a thread of its own so that one that hangs
 * delays nobody, and keeps the newest answers.
 */
@Component(service = HealthMonitor.class, immediate = true)
public final class HealthMonitor {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A check that came so lately is probably of something that is just coming up. */
  private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long ROUND_MILLIS = 100;

  /**
   * What a check said.
   *
   * @param status its state
   * @param message its worst message; empty if all is well
   */
  public record Answer(Result.Status status, String message) {}

  private static final Answer NOT_YET =
      new Answer(Result.Status.TEMPORARILY_UNAVAILABLE, "not checked yet / 未確認");

  /** One check: its newest answer and whether it is being asked now. */
  private static final class Asked {
    private volatile Answer answer;
    private volatile long startedNanos;
    private volatile boolean running;
    private volatile long finishedNanos;
    private final long sinceNanos;

    Asked(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }
  }

  /** The checks that there are; asking the framework ten times a second would cost more. */
  private static final class Present
      extends ServiceTracker<HealthCheck, ServiceReference<HealthCheck>> {

    Present(BundleContext context) {
      super(context, HealthCheck.class, null);
    }

    @Override
    public ServiceReference<HealthCheck> addingService(ServiceReference<HealthCheck> reference) {
      return reference;
    }

    @Override
    public void removedService(
        ServiceReference<HealthCheck> reference, ServiceReference<HealthCheck> same) {
      // Nothing was taken from it.
    }
  }

  private final BundleContext context;
  private final ServiceTracker<HealthCheck, ServiceReference<HealthCheck>> present;
  private final LongSupplier nanoTime;
  private final long intervalNanos;
  private final Map<ServiceReference<HealthCheck>, Asked> checks = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;
  private final ExecutorService workers;

  /** Starts asking at once. */
  @Activate
  public HealthMonitor(BundleContext context, @Reference NodePaths paths) {
    this(context, Settings.load(paths.etc()).healthIntervalSeconds(), System::nanoTime);
    timer.scheduleWithFixedDelay(this::ask, 0, ROUND_MILLIS, TimeUnit.MILLISECONDS);
  }

  HealthMonitor(BundleContext context, long intervalSeconds, LongSupplier nanoTime) {
    this.context = context;
    this.nanoTime = nanoTime;
    this.intervalNanos = TimeUnit.SECONDS.toNanos(intervalSeconds);
    this.present = new Present(context);
    present.open();
    this.timer = Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "kiban-node-2"));
    AtomicInteger next = new AtomicInteger(4);
    this.workers =
        Executors.newCachedThreadPool(
            r -> {
              Thread thread = new Thread(r, "kiban-node-" + next.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Stops asking. */
  @Deactivate
  public void stop() {
    timer.shutdownNow();
    workers.shutdownNow();
    present.close();
  }

  /**
   * Returns the newest answers of the checks with one tag, by name. A check that has not answered
   * yet is not well yet: nobody knows.
   *
   * @param tag a municipality's code, or {@code node}
   */
  public Map<String, Answer> answers(String tag) {
    Map<String, Answer> answers = new TreeMap<>();
    for (ServiceReference<HealthCheck> reference : present.getTracked().values()) {
      if (tags(reference).contains(tag)) {
        answers.merge(name(reference), newest(checks.get(reference)), HealthMonitor::worse);
      }
    }
    return answers;
  }

  /** The newest answers of all checks. */
  List<Readiness.Check> all() {
    return present.getTracked().values().stream().map(this::check).toList();
  }

  private Readiness.Check check(ServiceReference<HealthCheck> reference) {
    Answer answer = newest(checks.get(reference));
    Readiness.Grade grade =
        answer.status() == Result.Status.OK
            ? Readiness.Grade.GOOD
            : answer.status() == Result.Status.WARN
                ? Readiness.Grade.ATTENTION
                : Readiness.Grade.BAD;
    Bundle bundle = reference.getBundle();
    return new Readiness.Check(
        name(reference), bundle == null ? "" : bundle.getSymbolicName(), grade, answer.message());
  }

  private Answer newest(Asked asked) {
    Answer answer = asked == null ? null : overdue(asked) ? late(asked) : asked.answer;
    return answer == null ? NOT_YET : answer;
  }

  private boolean overdue(Asked asked) {
    return asked.running && nanoTime.getAsLong() - asked.startedNanos > PATIENCE_NANOS;
  }

  private Answer late(Asked asked) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - asked.startedNanos);
    return new Answer(Result.Status.HEALTH_CHECK_ERROR, "no answer for " + seconds + " s / 応答なし");
  }

  private static Answer worse(Answer a, Answer b) {
    return a.status().ordinal() >= b.status().ordinal() ? a : b;
  }

  /**
   * Asks those checks whose turn it is: new ones at once, those not well every second, and in their
   * first half minute in each round, so that nobody waits for a node that is ready.
   */
  void ask() {
    Map<ServiceReference<HealthCheck>, Asked> gone = new java.util.HashMap<>(checks);
    for (ServiceReference<HealthCheck> reference : present.getTracked().values()) {
      gone.remove(reference);
      Asked asked = checks.computeIfAbsent(reference, r -> new Asked(nanoTime.getAsLong()));
      if (!asked.running && isDue(asked)) {
        asked.startedNanos = nanoTime.getAsLong();
        asked.running = true;
        workers.execute(() -> ask(reference, asked));
      }
    }
    checks.keySet().removeAll(gone.keySet());
  }

  private boolean isDue(Asked asked) {
    Answer answer = asked.answer;
    if (answer == null) {
      return true;
    }
    long now = nanoTime.getAsLong();
    boolean well = answer.status() == Result.Status.OK;
    long retry = now - asked.sinceNanos < LATELY_NANOS ? 0 : RETRY_NANOS;
    return now - asked.finishedNanos >= (well ? intervalNanos : retry);
  }

  private void ask(ServiceReference<HealthCheck> reference, Asked asked) {
    try {
      HealthCheck check = context.getService(reference);
      if (check != null) {
        asked.answer = answer(check);
      }
    } catch (RuntimeException e) {
      asked.answer = new Answer(Result.Status.HEALTH_CHECK_ERROR, e.toString());
    } finally {
      asked.finishedNanos = nanoTime.getAsLong();
      asked.running = false;
      unget(reference);
    }
  }

  private void unget(ServiceReference<HealthCheck> reference) {
    try {
      context.ungetService(reference);
    } catch (IllegalStateException e) {
      // The node is stopping and the context is gone: so is the use of the service.
      workers.shutdownNow();
    }
  }

  private static Answer answer(HealthCheck check) {
    Result result = check.execute();
    String message = "";
    for (ResultLog.Entry entry : result) {
      if (!entry.isDebug() && entry.getStatus() == result.getStatus() && !result.isOk()) {
        message = entry.getMessage();
      }
    }
    return new Answer(result.getStatus(), message);
  }

  private static String name(ServiceReference<HealthCheck> reference) {
    return String.valueOf(reference.getProperty(HealthCheck.NAME));
  }

  private static java.util.List<String> tags(ServiceReference<HealthCheck> reference) {
    Object tags = reference.getProperty(HealthCheck.TAGS);
    if (tags instanceof String[] several) {
      return java.util.List.of(several);
    }
    return tags == null ? java.util.List.of() : java.util.List.of(tags.toString());
  }
}
