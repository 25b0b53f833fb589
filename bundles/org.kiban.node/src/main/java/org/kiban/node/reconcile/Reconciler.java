package org.kiban.node.reconcile;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.kiban.core.Municipality;
import org.kiban.core.NodePaths;
import org.kiban.core.NodeState;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.DurableFiles;
import org.kiban.node.config.Catalog;
import org.kiban.node.config.Desired;
import org.kiban.node.config.Registry;
import org.kiban.node.config.Settings;
import org.kiban.node.container.Configurations;
import org.kiban.node.container.Features;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at {@code etc/} and makes it so, on the one thread {@code kiban-node-1}. */
@Component(service = Reconciler.class, immediate = true)
public final class Reconciler {

  private final Logger log = LoggerFactory.getLogger(Reconciler.class);
  private final Registry registry;
  private final Features features;
  private final TrustedClock clock;
  private final Convergence convergence;
  private final ScheduledExecutorService thread;
  private final long intervalMillis;
  private volatile Progress progress = new Progress(false, new TreeMap<>(), Map.of());

  /**
   * How far the work is. Immutable.
   *
   * @param settled whether the container has booted and everything was tried at least once
   * @param failures what could not be done, by capability or PID
   * @param since when each instance ({@code <capability>~<code>}) first had its feature there
   */
  public record Progress(
      boolean settled, SortedMap<String, Failure> failures, Map<String, Instant> since) {}

  /** Starts at once. */
  @Activate
  public Reconciler(
      @Reference Registry registry,
      @Reference Features features,
      @Reference Configurations configurations,
      @Reference DurableFiles files,
      @Reference NodePaths paths,
      @Reference TrustedClock clock,
      @Reference NodeState state)
      throws IOException {
    this.registry = registry;
    this.features = features;
    this.clock = clock;
    this.convergence =
        new Convergence(
            OwnChanges.of(configurations, state),
            OwnChanges.of(features, state),
            new Owned(paths.nodeDirectory("node").resolve("features.json"), files),
            clock);
    this.thread = Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "kiban-node-1"));
    this.intervalMillis = Settings.load(paths.etc()).scanIntervalMillis();
    thread.execute(this::passAndPlanNext);
  }

  /** Lets a step under way end, then stops. */
  @Deactivate
  public void stop() throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
      thread.shutdownNow();
    }
  }

  /** How far the work was after the last pass. */
  public Progress progress() {
    return progress;
  }

  /**
   * Looks and works once more.
   *
   * @param delayMillis when to begin
   * @return done when the pass is
   */
  public Future<?> passAfter(long delayMillis) {
    return thread.schedule(this::pass, delayMillis, TimeUnit.MILLISECONDS);
  }

  private void passAndPlanNext() {
    pass();
    // While the container boots, its end should not go unnoticed for long.
    long delay = progress.settled() ? intervalMillis : Math.min(100, intervalMillis);
    if (!thread.isShutdown()) {
      thread.schedule(this::passAndPlanNext, delay, TimeUnit.MILLISECONDS);
    }
  }

  private void pass() {
    try {
      boolean booted = features.booted();
      Desired desired = registry.scan();
      convergence.run(desired);
      progress = new Progress(booted, convergence.failures(), since(desired));
    } catch (IOException | RuntimeException e) {
      log.error("reconciling failed and is tried again: {}", e.toString());
      log.debug("reconciling failed", e);
    }
  }

  private Map<String, Instant> since(Desired desired) {
    Map<String, Instant> before = progress.since();
    Set<String> required = features.required();
    Map<String, Instant> since = new HashMap<>();
    for (Municipality municipality : desired.enabled()) {
      for (String capability : municipality.capabilities()) {
        if (required.contains(Catalog.feature(capability))) {
          String instance = capability + "~" + municipality.code();
          Instant first = before.get(instance);
          since.put(instance, first == null ? clock.now() : first);
        }
      }
    }
    return Map.copyOf(since);
  }
}
