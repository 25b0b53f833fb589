package org.kiban.exchange.engine;

import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.kiban.exchange.api.Outbound;

/** The lanes to consumers on other machines, one for each. Used by the thread of the rounds. */
final class Lanes implements Closeable {

  private static final long LAST_WORDS_MS = 5_000;

  private final Courier courier;
  private final Supplier<Receipts> receipts;
  private final ExchangeConfig config;
  private final Map<String, Lane> lanes = new HashMap<>();

  Lanes(Courier courier, Supplier<Receipts> receipts, ExchangeConfig config) {
    this.courier = courier;
    this.receipts = receipts;
    this.config = config;
  }

  /** Opens lanes for what came, ends those of what went; one that changed waits for its old one. */
  void refresh(Map<String, Line> lines) {
    Map<String, Lane> ending = new HashMap<>(lanes);
    for (Line line : lines.values()) {
      for (Map.Entry<String, Outbound> e : line.outbounds().entrySet()) {
        String route = Tries.route(line.id(), e.getKey());
        Lane lane = lanes.get(route);
        if (lane != null && lane.serves(e.getValue())) {
          ending.remove(route);
        } else if (e.getValue().distant() && (lane == null || lane.ended())) {
          lanes.put(route, new Lane(line, e.getKey(), courier, receipts.get(), config));
          ending.remove(route);
        }
      }
    }
    ending.values().forEach(Lane::close);
    lanes.values().removeIf(Lane::ended);
  }

  /** Ends all; one that another machine holds is left to end by itself. */
  @Override
  public void close() {
    lanes.values().forEach(Lane::close);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_WORDS_MS);
    for (Lane lane : lanes.values()) {
      lane.join(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    }
  }
}
