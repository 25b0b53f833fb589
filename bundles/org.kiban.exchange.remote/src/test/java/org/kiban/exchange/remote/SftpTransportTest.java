package org.kiban.exchange.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.Digests;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;
import org.kiban.exchange.api.Transport;
import org.kiban.exchange.api.TransportContract;
import org.kiban.platform.remote.SftpServer;
import org.kiban.storage.DurableFilesComponent;

class SftpTransportTest extends TransportContract {

  @TempDir Path far;
  @TempDir Path near;
  private SftpServer server;

  @Override
  protected Transport transport() throws Exception {
    server = SftpServer.inJava(far);
    Files.createDirectories(far.resolve("in"));
    Files.createDirectories(far.resolve("out"));
    return transport("");
  }

  private Transport transport(String proxy) {
    return new SftpTransport(
        Helpers.settings(proxy, "127.0.0.1:" + server.server().getPort()),
        Helpers.partners(Map.of("sftp", server.url("in"))),
        Helpers.secrets(SftpServer.PASSWORD),
        new DurableFilesComponent());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Override
  protected Endpoint wayIn() {
    return in(Map.of());
  }

  private Endpoint in(Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.putIfAbsent("host-key", server.fingerprint());
    options.putIfAbsent("poll-seconds", "1");
    options.putIfAbsent("suffix", ".tmp");
    return Helpers.end(near.resolve("in"), options);
  }

  @Override
  protected Endpoint wayOut() {
    return Helpers.end(
        near.resolve("out"), Map.of("host-key", server.fingerprint(), "url", server.url("out")));
  }

  @Override
  protected void send(Endpoint in, String name, byte[] content) throws IOException {
    Path other = Files.write(far.resolve("in").resolve(name + ".tmp"), content);
    Files.move(other, far.resolve("in").resolve(name));
  }

  @Override
  protected Map<String, byte[]> seen(Endpoint out) throws IOException {
    Map<String, byte[]> seen = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(far.resolve("out"), "[!.]*")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".manifest.json")) {
          seen.put(name, Files.readAllBytes(file));
        }
      }
    }
    return seen;
  }

  @Override
  protected void take(Endpoint out) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(far.resolve("out"))) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static Arrival first(Inbound inbound) throws IOException {
    List<Arrival> all = List.of();
    long end = System.nanoTime() + 20_000_000_000L;
    while (all.isEmpty() && System.nanoTime() < end) {
      all = inbound.poll(1);
    }
    return all.get(0);
  }

  @Test
  void whatIsTakenInGoesFromTheServerAlsoAfterAKillBetween() throws Exception {
    send(wayIn(), "a.csv", new byte[10]);
    Transport transport = transport("");
    try (Inbound inbound = transport.openInbound(wayIn())) {
      first(inbound).retire();
    }
    // As if killed before the server heard of it: the file lies there still.
    try (Inbound inbound = transport.openInbound(wayIn())) {
      await(() -> Files.notExists(far.resolve("in/a.csv")));
      assertThat(inbound.poll(10)).isEmpty();
    }
  }

  @Test
  void whatIsKeptThereIsTakenInOnce() throws Exception {
    send(wayIn(), "a.csv", new byte[10]);
    Endpoint keeping = in(Map.of("after", "keep"));
    Transport transport = transport("");
    try (Inbound inbound = transport.openInbound(keeping)) {
      first(inbound).retire();
    }
    send(wayIn(), "b.csv", new byte[10]);
    try (Inbound inbound = transport.openInbound(keeping)) {
      assertThat(first(inbound).name()).isEqualTo("b.csv");
      assertThat(inbound.poll(10)).isEmpty();
    }
    assertThat(far.resolve("in/a.csv")).exists();
  }

  @Test
  void aMarkerAndAManifestAreWaitedForAndGoWithTheFile() throws Exception {
    Endpoint marked = in(Map.of("marker", ".ok", "manifest", "required"));
    send(wayIn(), "a.csv", new byte[10]);
    send(wayIn(), "b.csv", new byte[10]);
    send(wayIn(), "b.csv.manifest.json", new byte[] {'{', '}'});
    send(wayIn(), "b.csv.ok", new byte[0]);
    try (Inbound inbound = transport("").openInbound(marked)) {
      Arrival arrival = first(inbound);
      assertThat(arrival.name()).isEqualTo("b.csv");
      assertThat(arrival.manifest().orElseThrow()).asString().isEqualTo("{}");
      arrival.retire();
      await(() -> Files.notExists(far.resolve("in/b.csv.ok")));
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(far.resolve("in"))) {
      assertThat(left).extracting(f -> f.getFileName().toString()).containsExactly("a.csv");
    }
  }

  @Test
  void aCutSendingIsGoneOnWithAndARenamingBeforeAKillIsNotRepeated() throws Exception {
    byte[] content = new byte[500_000];
    new Random(3).nextBytes(content);
    byte[] sha = HexFormat.of().parseHex(Digests.sha256(content));
    Parcel parcel = new Parcel(5, "a.csv", content.length, sha, null);
    String hash = HexFormat.of().formatHex(sha, 0, 4);
    Path part = far.resolve("out/.a.csv.5-" + hash + ".part");
    Files.write(part, java.util.Arrays.copyOf(content, 200_000));
    try (Outbound outbound = transport("").openOutbound(wayOut())) {
      outbound.stage(parcel, () -> new ByteArrayInputStream(content));
      outbound.publish(parcel);
      assertThat(seen(wayOut()).get("a.csv")).isEqualTo(content);
      assertThat(part).doesNotExist();

      // Killed after the renaming, and the consumer took it: staged and noted, the other name gone.
      take(wayOut());
      outbound.stage(parcel, () -> new ByteArrayInputStream(content));
      Files.createFile(near.resolve("out/.far/5." + "a.csv".hashCode() + ".renaming"));
      outbound.publish(parcel);
      assertThat(seen(wayOut())).isEmpty();
    }
  }

  @Test
  void aLineThatBreaksIsToldAndMendsItself() throws Exception {
    try (Inbound inbound = transport("").openInbound(wayIn())) {
      server.cut();
      send(wayIn(), "a.csv", new byte[10]);
      assertThat(first(inbound).name()).isEqualTo("a.csv");
    }
  }

  @Test
  void anotherKeyThanThePinnedOneIsRefusedWithBoth() throws Exception {
    String other = "SHA256:" + "A".repeat(43);
    Parcel parcel = new Parcel(5, "a.csv", 1, new byte[32], null);
    Endpoint out =
        Helpers.end(near.resolve("out"), Map.of("host-key", other, "url", server.url("out")));
    try (Outbound outbound = transport("").openOutbound(out)) {
      outbound.stage(parcel, () -> new ByteArrayInputStream(new byte[1]));
      assertThatThrownBy(() -> outbound.publish(parcel))
          .hasMessageContaining(other)
          .hasMessageContaining(server.fingerprint());
    }
    assertThatThrownBy(() -> transport("").openInbound(in(Map.of("host-key", "ssh-rsa nonsense"))))
        .hasMessageContaining("host-key");
  }

  @Test
  void onlyPlacesOnTheListAreReached() {
    Transport transport =
        new SftpTransport(
            Helpers.settings("", "127.0.0.1:1"),
            Helpers.partners(Map.of("sftp", server.url("in"))),
            Helpers.secrets("x"),
            new DurableFilesComponent());
    assertThatThrownBy(() -> transport.openInbound(wayIn()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("127.0.0.1:" + server.server().getPort() + " may not be reached");
  }

  @Test
  void aProxyLeadsThere() throws Exception {
    send(wayIn(), "a.csv", new byte[10]);
    try (ConnectProxy proxy = new ConnectProxy();
        Inbound inbound = transport("http://127.0.0.1:" + proxy.port()).openInbound(wayIn())) {
      assertThat(first(inbound).name()).isEqualTo("a.csv");
      assertThat(proxy.asked()).contains("CONNECT 127.0.0.1:" + server.server().getPort());
    }
  }
}
