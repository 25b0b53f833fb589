package org.kiban.logship.receive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kiban.logship.frame.Frame;
import org.kiban.logship.frame.FrameSink;
import org.kiban.logship.frame.Lane;
import org.kiban.logship.frame.Mark;

/**
 * A store as one sender may use it: for what comes from itself, and if it is a relay also for what
 * comes from others. This node's own name is nobody else's.
 *
 * @param sender the sender's name
 * @param relays whether it may send what others sent to it
 * @param own this node's name
 * @param store the municipality's
 */
record Guest(String sender, boolean relays, String own, FrameSink store) implements FrameSink {

  @Override
  public Mark mark(Lane lane) throws IOException {
    check(lane);
    return store.mark(lane);
  }

  @Override
  public List<Fate> store(List<Frame> frames) throws IOException {
    List<Frame> checked = new ArrayList<>(frames);
    for (Frame frame : checked) {
      check(frame.lane());
    }
    return store.store(checked);
  }

  private void check(Lane lane) throws IOException {
    boolean allowed = lane.origin().equals(sender) || relays && !lane.origin().equals(own);
    if (!allowed) {
      throw new IOException(sender + " may not send what comes from " + lane.origin());
    }
  }
}
