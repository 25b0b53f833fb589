package org.kiban.exchange.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.Digests;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;
import org.kiban.exchange.api.Transport;
import org.kiban.exchange.api.TransportContract;
import org.kiban.platform.remote.S3Server;
import org.kiban.storage.DurableFilesComponent;

class S3TransportTest extends TransportContract {

  @TempDir Path near;
  private S3Server server;

  @Override
  protected Transport transport() throws Exception {
    server = new S3Server();
    server.makeBucket("linkage");
    return transport(S3Server.ID + ":" + S3Server.KEY);
  }

  private Transport transport(String secret) {
    String url = server.url("linkage");
    String place = url.substring(url.indexOf("//") + 2, url.lastIndexOf('/'));
    return new S3Transport(
        Helpers.settings("", place),
        Helpers.partners(Map.of("s3", server.url("linkage/in"))),
        Helpers.secrets(secret),
        new DurableFilesComponent());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Override
  protected Endpoint wayIn() {
    return Helpers.end(near.resolve("in"), Map.of("poll-seconds", "1"));
  }

  @Override
  protected Endpoint wayOut() {
    return Helpers.end(near.resolve("out"), Map.of("url", server.url("linkage/out/010")));
  }

  @Override
  protected void send(Endpoint in, String name, byte[] content) {
    server.put("linkage", "in/" + name, content);
  }

  /** As the other side sees it, with a client of its own. */
  private Store otherSide() throws IOException {
    RemoteTransport transport = (RemoteTransport) transport(S3Server.ID + ":" + S3Server.KEY);
    Endpoint end = Helpers.end(near, Map.of("url", server.url("linkage/out/010")));
    return transport.store(
        end,
        new Options(
            end,
            "s3",
            Helpers.partners(Map.of()),
            Helpers.secrets(S3Server.ID + ":" + S3Server.KEY)));
  }

  @Override
  protected Map<String, byte[]> seen(Endpoint out) throws IOException {
    Map<String, byte[]> seen = new HashMap<>();
    try (Store store = otherSide()) {
      for (Store.Entry entry : store.list()) {
        if (!entry.name().endsWith(".manifest.json")) {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          store.read(entry, 0, bytes);
          seen.put(entry.name(), bytes.toByteArray());
        }
      }
    }
    return seen;
  }

  @Override
  protected void take(Endpoint out) throws IOException {
    try (Store store = otherSide()) {
      for (Store.Entry entry : store.list()) {
        store.retire(entry);
      }
    }
  }

  @Test
  void aLargeObjectGoesInPartsAndComesInPieces() throws Exception {
    byte[] content = new byte[(8 << 20) * 2 + 17];
    new Random(5).nextBytes(content);
    byte[] sha = HexFormat.of().parseHex(Digests.sha256(content));
    Parcel parcel = new Parcel(7, "large.csv", content.length, sha, null);
    try (Outbound outbound = transport(S3Server.ID + ":" + S3Server.KEY).openOutbound(wayOut())) {
      outbound.stage(parcel, () -> new ByteArrayInputStream(content));
      outbound.publish(parcel);
      assertThat(seen(wayOut()).get("large.csv")).isEqualTo(content);
      // Killed before the staged file was removed: the object is known again.
      outbound.stage(parcel, () -> new ByteArrayInputStream(content));
      outbound.publish(parcel);
      assertThat(seen(wayOut())).hasSize(1);
    }
  }

  @Test
  void aWrongSecretIsToldByThePollAndTheSendingAndNeverShown() throws Exception {
    Transport transport = transport(S3Server.ID + ":geheim-123");
    try (Inbound inbound = transport.openInbound(wayIn())) {
      assertThatThrownBy(
              () -> {
                long end = System.nanoTime() + 20_000_000_000L;
                while (System.nanoTime() < end) {
                  inbound.poll(1);
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("s3:http")
          .hasMessageNotContaining("geheim");
    }
  }

  @Test
  void anotherFormOfAddressIsRefused() {
    Endpoint end = Helpers.end(near, Map.of("url", "https://127.0.0.1/linkage"));
    assertThatThrownBy(() -> transport("a:b").openInbound(end))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("s3:https://host:port/bucket/prefix");
  }
}
