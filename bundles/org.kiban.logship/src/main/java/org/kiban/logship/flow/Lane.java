package org.kiban.logship.flow;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.kiban.logship.parse.Packer;
import org.kiban.logship.parse.Packer.Tail;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.source.Stream;

/** One stream on its way to one destination. For one thread; its numbers may be read by any. */
final class Lane {

  /** How long a file may be away, for example while rotation moves it to another disk. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private volatile Stream stream;
  private final Packer packer;
  private Stream.Reader reader;
  private volatile Position sent;
  private volatile Position acknowledged = Position.START;
  private volatile String problem = "";
  private boolean finished;
  private volatile String loss = "";
  private volatile boolean lossAccepted;
  private Instant goneSince;
  private String place = "";

  Lane(Stream stream, Packer packer) {
    this.stream = stream;
    this.packer = packer;
  }

  /** The stream as it was found last. */
  void stream(Stream found) {
    stream = found;
  }

  Stream stream() {
    return stream;
  }

  /** Where the next segment begins; null while nobody knows. */
  Position sent() {
    return sent;
  }

  Position acknowledged() {
    return acknowledged;
  }

  String problem() {
    if (isGoneForGood()) {
      return lossAccepted ? "" : loss;
    }
    return problem;
  }

  /** How many bytes are known to be there, are not acknowledged and may still be sent. */
  long waiting() {
    return isGoneForGood() ? 0 : missing();
  }

  private long missing() {
    return Math.max(0, stream.size() - acknowledged.offset());
  }

  /** One that was lost and lies there again has been moved to and fro, and is sent after all. */
  private boolean isGoneForGood() {
    return isToldLost() && stream.isGone();
  }

  private boolean isToldLost() {
    return !loss.isEmpty();
  }

  void begin(Position from) {
    sent = from;
    acknowledged = from;
    problem = "";
  }

  void acknowledge(Position to) {
    acknowledged = to;
    problem = "";
  }

  /** Knows no longer where to go on. */
  void unknown() {
    sent = null;
  }

  /** Sends nothing more until it is asked anew where to go on. */
  void stop(String why) {
    problem = why;
    finished = true;
    sent = null;
  }

  /** Whether somebody claims to have more than there is, as far as the size is known. */
  boolean isBehind(Position theirs) {
    return theirs.offset() > stream.size() && !stream.isGone() && !stream.isPacked();
  }

  /** Whether there may be something to send. */
  boolean isWanted() {
    if (finished && problem.isEmpty() && !isToldLost() && !stream.place().equals(place)) {
      finished = false; // what took over from the file may have more of it
    }
    return !finished || problem.isEmpty() && !stream.isGone() && missing() > 0;
  }

  /** Takes a stopped lane up again. */
  void again() {
    finished = false;
  }

  /**
   * Whether bytes are there that nobody will ever send: the file is gone for a while, and is not
   * open. True until {@link #lost} tells it.
   */
  boolean isLost(Instant now) {
    if (sent == null || !stream.isGone() || reader != null || missing() == 0) {
      goneSince = null;
      return false;
    }
    if (goneSince == null) {
      goneSince = now;
    }
    return !isToldLost() && goneSince.plus(GRACE).isBefore(now);
  }

  /** Says what was lost; nothing more is sent unless it lies there again. */
  void lost(String what) {
    loss = what;
    finished = true;
  }

  /** An operator has taken note of it: it is no problem any more. */
  void acceptLoss() {
    lossAccepted = isToldLost();
  }

  /**
   * Reads on.
   *
   * @param scratch to read into
   * @return nothing if no event is whole
   * @throws IOException if the stream cannot be read, or is not what it was
   */
  Optional<Segment> next(Scratch scratch) throws IOException {
    if (sent.offset() < stream.first()) {
      return Optional.of(nothing());
    }
    if (stream.isEnd(sent.offset())) {
      finished = true;
      place = stream.place();
      return Optional.empty();
    }
    if (reader == null) {
      if (stream.isGone()) {
        return Optional.empty();
      }
      reader = stream.open();
    }
    Tail tail = stream.tail();
    try {
      int count = reader.read(sent.offset(), scratch.bytes(), Scratch.MOST);
      Optional<Segment> segment =
          count == 0
              ? Optional.empty()
              : packer.pack(
                  stream.origin(),
                  sent,
                  scratch.take(count),
                  count,
                  count == Scratch.MOST ? Tail.MORE : tail);
      segment.ifPresent(s -> sent = s.after());
      finished = segment.isEmpty() && tail == Tail.ENDED;
      place = finished ? stream.place() : "";
      if (finished) {
        close();
      }
      return segment;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Says that what comes before the first byte that is wanted holds no events. */
  private Segment nothing() {
    Segment nothing =
        new Segment(
            stream.origin(), sent, stream.first(), 0, Segment.Form.PLAIN, new byte[0], 0, null);
    sent = nothing.after();
    return nothing;
  }

  void close() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
