package org.kiban.node.edit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.kiban.core.TrustedClock;
import org.kiban.node.NodeMessages;
import org.kiban.node.reconcile.Reconciler;
import org.kiban.node.status.CapabilityStatus;
import org.kiban.node.status.MunicipalityStatus;
import org.kiban.node.status.NodeView;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Waits until the node has done what a file asks. Safe for any thread. */
@Component(service = Await.class)
public final class Await {

  private static final long STEP_MILLIS = 500;

  private final Reconciler reconciler;
  private final NodeView view;
  private final TrustedClock clock;

  /** Watches the reconciler. */
  @Activate
  public Await(
      @Reference Reconciler reconciler, @Reference NodeView view, @Reference TrustedClock clock) {
    this.reconciler = reconciler;
    this.view = view;
    this.clock = clock;
  }

  /**
   * Waits until every capability of a municipality works, has failed or is off.
   *
   * @param code the municipality
   * @param limit how long at most
   * @param locale the reader's
   * @param progress receives the capabilities' states whenever one has changed
   * @return its status then
   * @throws KibanException (partly done) if it takes longer; the work goes on
   * @throws InterruptedException if the operator does not want to wait any more
   */
  public MunicipalityStatus settled(
      MunicipalityCode code,
      Duration limit,
      Locale locale,
      Consumer<List<CapabilityStatus>> progress)
      throws InterruptedException {
    Instant end = clock.now().plus(limit);
    List<CapabilityStatus> shown = List.of();
    long delay = 0;
    while (true) {
      pass(delay, limit);
      delay = STEP_MILLIS;
      MunicipalityStatus status = view.municipality(code, locale);
      if (!status.capabilities().equals(shown)) {
        shown = status.capabilities();
        progress.accept(shown);
      }
      if (shown.stream().allMatch(c -> c.state().isSettled())) {
        return status;
      }
      if (!clock.now().isBefore(end)) {
        List<String> open =
            shown.stream().filter(c -> !c.state().isSettled()).map(CapabilityStatus::name).toList();
        throw notYet(String.join(", ", open), limit);
      }
    }
  }

  private void pass(long delayMillis, Duration limit) throws InterruptedException {
    try {
      reconciler.passAfter(delayMillis).get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw notYet("kiban-node-1", limit);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a pass reports its failures itself", e);
    }
  }

  private static KibanException notYet(String what, Duration limit) {
    return new KibanException(Outcome.PARTIAL, NodeMessages.NOT_YET, what, limit.toSeconds());
  }
}
