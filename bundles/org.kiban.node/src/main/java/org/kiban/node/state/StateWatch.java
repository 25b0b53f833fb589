package org.kiban.node.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.core.NodePaths;
import org.kiban.core.NodeState;
import org.kiban.core.storage.DurableFiles;
import org.kiban.node.NodeMessages;
import org.kiban.node.container.Features;
import org.kiban.node.runtime.Release;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the node's state every ten seconds, on the thread {@code kiban-node-0}, and says what
 * was changed by hand: in the log once, and as health while it lasts.
 */
@Component(
    service = {NodeState.class, HealthCheck.class},
    immediate = true,
    property = {HealthCheck.NAME + "=state", HealthCheck.TAGS + "=node"})
public final class StateWatch implements NodeState, HealthCheck {

  private static final long INTERVAL_SECONDS = 10;

  private final Logger log = LoggerFactory.getLogger(StateWatch.class);
  private final Facts facts;
  private final Features features;
  private final Writes writes;
  private final StateKeeper keeper;
  private final ScheduledExecutorService thread;

  /** Begins to look some seconds later: the node has better things to do while it starts. */
  @Activate
  public StateWatch(
      BundleContext context,
      @Reference Facts facts,
      @Reference Writes writes,
      @Reference Features features,
      @Reference DurableFiles files,
      @Reference NodePaths paths)
      throws IOException {
    this.facts = facts;
    this.features = features;
    this.writes = writes;
    this.keeper =
        new StateKeeper(
            facts,
            new Baseline(
                paths.nodeDirectory("node").resolve("state.json"),
                files,
                Release.of(paths, context).toString()),
            features::booted);
    this.thread = Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "kiban-node-0"));
    thread.scheduleWithFixedDelay(this::look, 5, INTERVAL_SECONDS, TimeUnit.SECONDS);
    writes.tell(this::written);
  }

  /** Stops looking. */
  @Deactivate
  public void stop() {
    writes.tell(file -> {});
    thread.shutdownNow();
  }

  private void look() {
    try {
      if (features.booted()) {
        keeper.look();
      }
    } catch (IOException | RuntimeException e) {
      log.error("looking at the state failed and is tried again: {}", e.toString());
      log.debug("looking at the state failed", e);
    }
  }

  private void written(Path file) {
    if (facts.name(file).isEmpty()) {
      return;
    }
    try {
      thread.execute(
          () -> {
            try {
              keeper.written(file);
            } catch (RuntimeException e) {
              log.debug("the next look finds {}", file, e);
            }
          });
    } catch (RejectedExecutionException e) {
      log.debug("the node stops; the next start finds {}", file, e);
    }
  }

  @Override
  public Result execute() {
    Locale locale = Locale.getDefault();
    List<Difference> bad = keeper.reported().stream().filter(d -> !d.declared()).toList();
    if (bad.isEmpty()) {
      return new Result(Result.Status.OK, "");
    }
    NodeMessages code = NodeMessages.NOT_AS_DESIRED;
    String more = bad.size() == 1 ? "" : " (+" + (bad.size() - 1) + ")";
    return new Result(
        Result.Status.WARN,
        code.code() + ": " + code.text(locale, StateKeeper.what(bad.get(0), locale)) + more);
  }

  @Override
  public Snapshot now() {
    return keeper.now();
  }

  @Override
  public List<Difference> differences() {
    return keeper.differences();
  }

  @Override
  public <T> T change(Callable<T> work) throws Exception {
    return keeper.change(work);
  }

  @Override
  public void vouch(Predicate<Difference> own) {
    keeper.vouch(own);
  }

  @Override
  public List<Difference> accept() {
    return keeper.accept();
  }
}
