package org.kiban.logship.receive;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.kiban.logship.destination.SegmentFrames;
import org.kiban.logship.destination.Whence;
import org.kiban.logship.frame.Frame;
import org.kiban.logship.frame.FrameSink;
import org.kiban.logship.frame.Lane;
import org.kiban.logship.mask.Mask;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.ship.SourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one machine sends as syslog, one lane of the store. Messages are stored as soon as no more
 * are there to be read, together. Several connections of the machine may write at a time.
 */
final class SyslogLane {

  private static final Logger LOG = LoggerFactory.getLogger(SyslogLane.class);
  private static final int BUFFER = 1 << 16;
  private static final int MOST_BYTES = 1 << 20;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final Origin origin;
  private final List<Pattern> masks;
  private final FrameSink store;
  private final InstantSource clock;

  /**
   * @param machine its name
   * @param masks what is hidden besides 個人番号, before anything is kept
   */
  SyslogLane(String machine, List<Pattern> masks, FrameSink store, InstantSource clock) {
    UUID name =
        UUID.nameUUIDFromBytes(("kiban syslog " + machine).getBytes(StandardCharsets.UTF_8));
    this.origin =
        new Origin(
            new SourceId(name.toString().replace("-", "")),
            new Whence(machine, "syslog").received(),
            "syslog",
            Instant.EPOCH);
    this.masks = masks;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Takes messages until the machine hangs up. What cannot be stored waits, and the machine with
   * it, since syslog has no way to say no.
   *
   * @param isOver tells that nobody waits any more
   */
  void receive(InputStream from, BooleanSupplier isOver) throws IOException {
    InputStream in = new BufferedInputStream(from, BUFFER);
    SyslogInput input = new SyslogInput(in);
    Mask mask = new Mask(masks);
    byte[] message = input.next();
    while (message != null) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      int events = 0;
      do {
        mask.apply(message, 0, message.length);
        body.writeBytes(SyslogMessage.document(message, clock.instant()));
        events++;
        message = in.available() > 0 && body.size() < MOST_BYTES ? input.next() : null;
      } while (message != null);
      keep(body.toByteArray(), events, isOver);
      message = input.next();
    }
  }

  private void keep(byte[] body, int events, BooleanSupplier isOver) throws IOException {
    String told = "";
    while (!isStored(body, events)) {
      if (isOver.getAsBoolean()) {
        throw new IOException(events + " messages could not be stored in time");
      }
      if (told.isEmpty()) {
        told = "full";
        LOG.warn("{}: syslog waits for room", origin.source());
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
  }

  private synchronized boolean isStored(byte[] body, int events) {
    try {
      Lane lane = SegmentFrames.lane(origin, "");
      Position before = SegmentFrames.position(store.mark(lane));
      Segment segment =
          new Segment(
              origin,
              before,
              before.offset() + body.length,
              events,
              Segment.Form.DOCUMENT,
              body,
              body.length,
              null);
      Frame frame = SegmentFrames.pack(segment, "");
      return store.store(List.of(frame)).get(0) == FrameSink.Fate.STORED;
    } catch (IOException e) {
      LOG.debug("syslog is not stored", e);
      return false;
    }
  }
}
