package org.kiban.exchange.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every transport holds to. A transport's test extends it and brings the two ends. */
public abstract class TransportContract {

  @TempDir protected Path aside;

  private Transport transport;
  private Endpoint in;
  private Endpoint out;

  /** A transport that is ready to be used. */
  protected abstract Transport transport() throws Exception;

  /** A way in that nothing arrived by yet. */
  protected abstract Endpoint wayIn() throws Exception;

  /** A way out that nothing left by yet. */
  protected abstract Endpoint wayOut() throws Exception;

  /** Lets a provider send a whole file. */
  protected abstract void send(Endpoint in, String name, byte[] content) throws Exception;

  /** What the consumer sees: content by file name, without manifests. */
  protected abstract Map<String, byte[]> seen(Endpoint out) throws Exception;

  /** Lets the consumer take everything it sees. */
  protected abstract void take(Endpoint out) throws Exception;

  /** Whether a second parcel of a name that still lies with the consumer must wait. */
  protected boolean namesCollide() {
    return true;
  }

  @BeforeEach
  void begin() throws Exception {
    transport = transport();
    in = wayIn();
    out = wayOut();
  }

  @Test
  void anArrivalIsGivenOnceWithItsContent() throws Exception {
    byte[] content = random(100_000);
    send(in, "宛名異動_20261123.csv", content);
    try (Inbound inbound = transport.openInbound(in)) {
      Arrival arrival = one(inbound);
      assertThat(arrival.name()).isEqualTo("宛名異動_20261123.csv");
      assertThat(arrival.size()).isEqualTo(content.length);
      assertThat(arrival.unfit()).isEmpty();
      assertThat(arrival.unchanged()).isTrue();
      assertThat(read(arrival)).isEqualTo(content);
      assertThat(read(arrival)).as("opened again").isEqualTo(content);
      assertThat(inbound.poll(10)).as("not given twice").isEmpty();
    }
  }

  @Test
  void anEmptyFileArrivesToo() throws Exception {
    send(in, "empty.csv", new byte[0]);
    try (Inbound inbound = transport.openInbound(in)) {
      assertThat(read(one(inbound))).isEmpty();
    }
  }

  @Test
  void whatIsReleasedIsGivenAgain() throws Exception {
    send(in, "a.csv", random(10));
    try (Inbound inbound = transport.openInbound(in)) {
      Arrival arrival = one(inbound);
      inbound.release(arrival);
      assertThat(one(inbound).id()).isEqualTo(arrival.id());
    }
  }

  @Test
  void whatIsRetiredIsGoneAndWhatIsNotComesAgainAfterARestart() throws Exception {
    send(in, "a.csv", random(10));
    send(in, "b.csv", random(20));
    Map<String, String> ids = new java.util.TreeMap<>();
    try (Inbound inbound = transport.openInbound(in)) {
      for (Arrival arrival : all(inbound, 2)) {
        ids.put(arrival.name(), arrival.id());
        if (arrival.name().equals("a.csv")) {
          arrival.retire();
          arrival.retire();
        }
      }
    }
    try (Inbound inbound = transport.openInbound(in)) {
      Arrival arrival = one(inbound);
      assertThat(arrival.name()).isEqualTo("b.csv");
      assertThat(arrival.id()).isEqualTo(ids.get("b.csv"));
      assertThat(inbound.holds(ids.get("a.csv"))).isFalse();
    }
  }

  @Test
  void whatIsSetAsideLiesThereWhole() throws Exception {
    byte[] content = random(5_000);
    send(in, "bad.csv", content);
    Path target = aside.resolve("1-bad.csv");
    try (Inbound inbound = transport.openInbound(in)) {
      one(inbound).setAside(target);
    }
    assertThat(Files.readAllBytes(target)).isEqualTo(content);
    try (Inbound inbound = transport.openInbound(in)) {
      assertThat(inbound.poll(10)).isEmpty();
    }
  }

  @Test
  void pollGivesNoMoreThanAskedFor() throws Exception {
    for (int i = 0; i < 5; i++) {
      send(in, i + ".csv", random(10 + i));
    }
    try (Inbound inbound = transport.openInbound(in)) {
      assertThat(inbound.poll(2)).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void aParcelIsInvisibleUntilItIsPublishedWhole() throws Exception {
    byte[] content = random(3_000_000);
    Parcel parcel = parcel(7, "宛名.csv", content);
    try (Outbound outbound = transport.openOutbound(out)) {
      outbound.stage(parcel, () -> new ByteArrayInputStream(content));
      outbound.sync();
      assertThat(seen(out)).isEmpty();
      outbound.publish(parcel);
      outbound.sync();
      assertThat(seen(out)).containsOnlyKeys("宛名.csv");
      assertThat(seen(out).get("宛名.csv")).isEqualTo(content);
      assertThat(outbound.place(parcel)).isNotBlank();
    }
  }

  @Test
  void stagingAndPublishingAgainChangesNothing() throws Exception {
    byte[] content = random(1_000);
    Parcel parcel = parcel(8, "a.csv", content);
    try (Outbound outbound = transport.openOutbound(out)) {
      outbound.stage(
          parcel,
          () -> new ByteArrayInputStream("an earlier try".getBytes(StandardCharsets.UTF_8)));
      outbound.stage(parcel, () -> new ByteArrayInputStream(content));
      outbound.sync();
      outbound.publish(parcel);
      outbound.publish(parcel);
      assertThat(seen(out)).hasSize(1);
      assertThat(seen(out).get("a.csv")).isEqualTo(content);
    }
  }

  @Test
  void afterACrashALookAndAnotherPublishGiveExactlyOne() throws Exception {
    byte[] content = random(1_000);
    Parcel parcel = parcel(9, "a.csv", content);
    for (int crashAfter = 0; crashAfter < 3; crashAfter++) {
      try (Outbound outbound = transport.openOutbound(out)) {
        if (crashAfter == 0) {
          outbound.stage(parcel, () -> new ByteArrayInputStream(content));
          outbound.sync();
          continue;
        }
        if (outbound.look(parcel) == Outbound.Presence.LOST) {
          outbound.stage(parcel, () -> new ByteArrayInputStream(content));
          outbound.sync();
        }
        if (outbound.look(parcel) != Outbound.Presence.PUBLISHED) {
          outbound.publish(parcel);
        }
      }
    }
    assertThat(seen(out)).hasSize(1);
  }

  @Test
  void aStagedParcelThatIsWithdrawnLeavesNothingAndAnotherMayBeStaged() throws Exception {
    byte[] content = random(1_000);
    Parcel parcel = parcel(12, "a.csv", content);
    try (Outbound outbound = transport.openOutbound(out)) {
      outbound.stage(parcel, () -> new ByteArrayInputStream(content));
      outbound.sync();
      outbound.withdraw(parcel);
      outbound.withdraw(parcel);
      assertThat(outbound.look(parcel)).isNotEqualTo(Outbound.Presence.STAGED);
      assertThat(seen(out)).isEmpty();
      outbound.stage(parcel, () -> new ByteArrayInputStream(content));
      outbound.sync();
      outbound.publish(parcel);
      assertThat(seen(out).get("a.csv")).isEqualTo(content);
    }
  }

  @Test
  void aParcelThatTheConsumerTookIsNotPublishedAgain() throws Exception {
    byte[] content = random(1_000);
    Parcel parcel = parcel(10, "a.csv", content);
    try (Outbound outbound = transport.openOutbound(out)) {
      outbound.stage(parcel, () -> new ByteArrayInputStream(content));
      outbound.sync();
      outbound.publish(parcel);
      outbound.sync();
      take(out);
    }
    try (Outbound outbound = transport.openOutbound(out)) {
      if (outbound.look(parcel) != Outbound.Presence.PUBLISHED) {
        outbound.publish(parcel);
      }
      assertThat(seen(out)).isEmpty();
      assertThat(outbound.lying(parcel)).isNull();
    }
  }

  @Test
  void aFileThatStillLiesThereIsNeverOverwritten() throws Exception {
    if (!namesCollide()) {
      return;
    }
    byte[] first = random(10);
    byte[] second = random(20);
    try (Outbound outbound = transport.openOutbound(out)) {
      outbound.stage(parcel(1, "a.csv", first), () -> new ByteArrayInputStream(first));
      outbound.sync();
      outbound.publish(parcel(1, "a.csv", first));
      outbound.stage(parcel(2, "a.csv", second), () -> new ByteArrayInputStream(second));
      outbound.sync();
      assertThatThrownBy(() -> outbound.publish(parcel(2, "a.csv", second)))
          .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
      assertThat(seen(out).get("a.csv")).isEqualTo(first);
      take(out);
      outbound.publish(parcel(2, "a.csv", second));
      assertThat(seen(out).get("a.csv")).isEqualTo(second);
    }
  }

  @Test
  void severalThreadsServeOneConsumer() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Outbound outbound = transport.openOutbound(out)) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 1; i <= 40; i++) {
        byte[] content = random(i * 100);
        Parcel parcel = parcel(i, i + ".csv", content);
        work.add(
            () -> {
              outbound.stage(parcel, () -> new ByteArrayInputStream(content));
              outbound.sync();
              outbound.publish(parcel);
              return null;
            });
      }
      for (var future : threads.invokeAll(work)) {
        future.get();
      }
      assertThat(seen(out)).hasSize(40);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void anUnknownOptionIsRefusedByName() {
    Endpoint wrong =
        new Endpoint(
            out.municipality(),
            out.interfaceId(),
            out.system(),
            out.directory(),
            Map.of("no-such-option", "x"));
    assertThatThrownBy(() -> transport.openOutbound(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-option");
  }

  private static Parcel parcel(long id, String name, byte[] content) throws Exception {
    byte[] sha = MessageDigest.getInstance("SHA-256").digest(content);
    byte[] manifest = ("{\"delivery\":" + id + "}").getBytes(StandardCharsets.UTF_8);
    return new Parcel(id, name, content.length, sha, manifest);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] read(Arrival arrival) throws IOException {
    try (InputStream content = arrival.open()) {
      return content.readAllBytes();
    }
  }

  private static Arrival one(Inbound inbound) throws IOException {
    return all(inbound, 1).get(0);
  }

  /**
   * Polls until so many came; a transport may need several looks, never more than a few seconds.
   */
  private static List<Arrival> all(Inbound inbound, int count) throws IOException {
    List<Arrival> arrivals = new ArrayList<>();
    long end = System.nanoTime() + 10_000_000_000L;
    while (arrivals.size() < count && System.nanoTime() < end) {
      arrivals.addAll(inbound.poll(count - arrivals.size()));
      Thread.onSpinWait();
    }
    assertThat(arrivals).hasSize(count);
    assertThat(Optional.of(arrivals.get(0).id())).isPresent();
    return arrivals;
  }
}
