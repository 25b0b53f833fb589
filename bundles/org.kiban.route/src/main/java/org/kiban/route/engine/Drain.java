package org.kiban.route.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Consumer;
import org.apache.camel.Service;
import org.apache.camel.ShutdownRoute;
import org.apache.camel.Suspendable;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.RouteStartupOrder;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Ends the intake of a context and waits until nothing is in flight. Camel's own graceful shutdown
 * does the same, but looks once a second only, which is too long a pause for a swap.
 */
final class Drain {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final String SJMS = "org.apache.camel.component.sjms";

  private Drain() {}

  /** How many exchanges were begun and not finished. */
  static int inFlight(DefaultCamelContext context) {
    int pending = 0;
    for (RouteStartupOrder order : orders(context)) {
      pending += context.getInflightRepository().size(order.getRoute().getId());
      for (Service service : new ArrayList<>(order.getServices())) {
        for (Service child : ServiceHelper.getChildServices(service)) {
          pending += child instanceof ShutdownAware aware ? aware.getPendingExchangesSize() : 0;
        }
      }
    }
    return pending;
  }

  /**
   * Drains.
   *
   * @param threads where a consumer that takes its time is ended
   * @return how many exchanges are still in flight when the time is over
   */
  static int run(DefaultCamelContext context, ExecutorService threads, long nanos)
      throws InterruptedException {
    long end = System.nanoTime() + nanos;
    Future<?> closing = threads.submit(() -> closeIntake(context));
    try {
      closing.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
      closing.cancel(true);
    }
    int left = inFlight(context);
    while (left > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      left = inFlight(context);
    }
    return left;
  }

  private static List<RouteStartupOrder> orders(DefaultCamelContext context) {
    return new ArrayList<>(context.getCamelContextExtension().getRouteStartupOrder());
  }

  /** Ends the consumers that bring in something new; those between routes go on. */
  private static Void closeIntake(DefaultCamelContext context) throws Exception {
    Camel.run(
        () -> {
          for (RouteStartupOrder order : orders(context)) {
            Consumer consumer = order.getInput();
            boolean between =
                order.getRoute().getShutdownRoute() == ShutdownRoute.Defer
                    || consumer instanceof ShutdownAware aware
                        && aware.deferShutdown(order.getRoute().getShutdownRunningTask());
            if (between) {
              continue;
            }
            // A poller is suspended, since stopping it interrupts the exchange in its hands. Sjms
            // says
            // that it can be suspended too, but goes on; stopping it waits for the exchange.
            boolean sjms = consumer.getClass().getName().startsWith(SJMS);
            if (consumer instanceof Suspendable && !sjms) {
              ServiceHelper.suspendService(consumer);
            } else {
              ServiceHelper.stopService(consumer);
            }
          }
        });
    return null;
  }
}
