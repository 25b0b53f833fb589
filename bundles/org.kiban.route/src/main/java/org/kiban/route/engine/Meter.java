package org.kiban.route.engine;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.kiban.core.TrustedClock;

/** Counts the exchanges of one context, each where it came in. Safe for any thread. */
final class Meter extends RoutePolicySupport implements RoutePolicyFactory {

  /** An exchange that failed although Camel was told to take it as handled. */
  static final String FAILED = "kiban.failed";

  private static final int MINUTE = 60;

  private final TrustedClock clock;
  private final AtomicLong completed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile long lastDone;
  private volatile String lastError = "";
  private long minute;
  private long inMinute;
  private long inMinuteBefore;

  Meter(TrustedClock clock) {
    this.clock = clock;
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
    return this;
  }

  @Override
  public void onExchangeDone(Route route, Exchange exchange) {
    if (!route.getRouteId().equals(exchange.getFromRouteId())) {
      return;
    }
    lastDone = System.nanoTime();
    if (exchange.isFailed() || exchange.getProperty(FAILED) != null) {
      failed.incrementAndGet();
    } else {
      completed.incrementAndGet();
    }
    count(1);
  }

  void error(String text) {
    lastError = text;
  }

  long completed() {
    return completed.get();
  }

  long failed() {
    return failed.get();
  }

  String lastError() {
    return lastError;
  }

  /** When the last exchange was done, as {@link System#nanoTime}; 0 if none was. */
  long lastDone() {
    return lastDone;
  }

  /** Exchanges done in the last full minute. */
  synchronized long throughput() {
    count(0);
    return inMinuteBefore;
  }

  private synchronized void count(int more) {
    Instant at = clock.now();
    long now = at.getEpochSecond() / MINUTE;
    if (now != minute) {
      inMinuteBefore = now == minute + 1 ? inMinute : 0;
      inMinute = 0;
      minute = now;
    }
    inMinute += more;
  }
}
