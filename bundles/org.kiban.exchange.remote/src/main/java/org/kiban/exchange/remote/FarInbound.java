package org.kiban.exchange.remote;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.Inbound;

/**
 * The way in from a folder of another machine. A thread of its own looks there and copies what is
 * whole to this node's disk, so that nothing waits for the line; a poll gives what was copied.
 */
final class FarInbound implements Inbound {

  private final Pull pull;

  FarInbound(Pull pull) {
    this.pull = pull;
  }

  @Override
  public List<Arrival> poll(int max) throws IOException {
    List<Arrival> arrivals = new ArrayList<>();
    for (Arrival next = pull.next(); next != null; next = pull.next()) {
      arrivals.add(next);
      if (arrivals.size() == max) {
        break;
      }
    }
    if (arrivals.isEmpty()) {
      pull.requireReachable();
    }
    return arrivals;
  }

  @Override
  public void release(Arrival arrival) {
    pull.giveBack((FarArrival) arrival);
  }

  @Override
  public boolean holds(String arrivalId) {
    return pull.holds(arrivalId);
  }

  @Override
  public void close() throws IOException {
    pull.close();
  }
}
