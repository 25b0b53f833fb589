package org.kiban.logship.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.logship.Segments;
import org.kiban.logship.destination.SegmentFrames;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.frame.Place;
import org.kiban.logship.frame.StampedStore;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** What was received goes with its age, and only once it has gone on. */
class ReceivedTest {

  private static final int DAYS = 20;
  private static final int KEEP = 7;

  @TempDir private Path folder;

  private Instant now = Instant.parse("2026-11-01T00:00:00Z");
  private Position end = Position.START;
  private Received received;

  @AfterEach
  void close() throws IOException {
    received.close();
  }

  @Test
  void whatIsOldGoesDayByDay() throws IOException {
    open(List.of());
    for (int day = 0; day < DAYS; day++) {
      store(day);
      received.expire(now.minus(Duration.ofDays(KEEP)));
    }

    assertThat(lines()).contains("day 19").hasSizeBetween(KEEP, KEEP + 2);
  }

  @Test
  void whatIsOldStaysUntilItHasGoneOn() throws IOException {
    FrameStore frames = frames();
    Forwarder stuck = new Forwarder("cloud", frames, new Down(), new Nothing());
    open(frames, List.of(stuck));
    for (int day = 0; day < DAYS; day++) {
      store(day);
      received.expire(now.minus(Duration.ofDays(KEEP)));
    }

    assertThat(lines()).hasSize(DAYS);
  }

  private void store(int day) throws IOException {
    Segment segment = Segments.plain(Segments.origin("a"), end, "day " + day + "\n");
    received.store(List.of(SegmentFrames.pack(segment, "chosha")));
    end = segment.after();
    now = now.plus(Duration.ofDays(1));
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    received.read(
        (stored, segment) ->
            segment.forEach(
                (offset, body, start, length) ->
                    lines.add(new String(body, start, length, StandardCharsets.UTF_8))));
    return lines;
  }

  private void open(List<Forwarder> forwarders) throws IOException {
    open(frames(), forwarders);
  }

  private void open(FrameStore frames, List<Forwarder> forwarders) {
    received = new Received(new StampedStore(frames, () -> now), forwarders);
  }

  private FrameStore frames() throws IOException {
    return new FrameStore(
        folder,
        new JournalsComponent(new DurableFilesComponent()),
        new SecretKeySpec(new byte[32], "AES"),
        new FrameStore.Room(1 << 30, 1 << 20));
  }

  /** A way on that is down. */
  private static final class Down implements Destination {
    @Override
    public Position position(Origin source, Position remembered) throws IOException {
      throw new IOException("down");
    }

    @Override
    public CompletableFuture<Position> send(Segment segment) throws IOException {
      throw new IOException("down");
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  /** Nothing has gone on yet. */
  private static final class Nothing implements Forwarder.Memory {
    @Override
    public Place load() {
      return Place.START;
    }

    @Override
    public void save(Place place) {
      throw new AssertionError("nothing went on");
    }
  }
}
