package org.kiban.exchange.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.MunicipalityCode;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;
import org.kiban.exchange.api.Transport;
import org.kiban.exchange.api.TransportContract;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.batch.FileBatchesComponent;

class DirectoryTransportTest extends TransportContract {

  @TempDir Path root;

  @Override
  protected Transport transport() {
    return transport(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)));
  }

  private static Transport transport(Clock clock) {
    DurableFilesComponent files = new DurableFilesComponent();
    return new DirectoryTransport(files, new FileBatchesComponent(files), clock);
  }

  @Override
  protected Endpoint wayIn() {
    return end("in", Map.of());
  }

  @Override
  protected Endpoint wayOut() {
    return end("out", Map.of());
  }

  private Endpoint end(String name, Map<String, String> options) {
    return new Endpoint(
        new MunicipalityCode("332020"), "031-atena", "031", root.resolve(name), options);
  }

  @Override
  protected void send(Endpoint in, String name, byte[] content) throws IOException {
    Files.createDirectories(in.directory());
    Files.write(in.directory().resolve(name), content);
  }

  @Override
  protected Map<String, byte[]> seen(Endpoint out) throws IOException {
    Map<String, byte[]> seen = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(out.directory())) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (Files.isRegularFile(file) && !name.endsWith(".manifest.json")) {
          assertThat(out.directory().resolve(name + ".manifest.json")).exists();
          seen.put(name, Files.readAllBytes(file));
        }
      }
    }
    return seen;
  }

  @Override
  protected void take(Endpoint out) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(out.directory())) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void aFileThatChangedAMomentAgoIsNotTakenEvenIfItsTimeSaysOtherwise() throws Exception {
    Endpoint in = end("in", Map.of("stable-seconds", "5"));
    send(in, "a.csv", new byte[10]);
    Files.setLastModifiedTime(
        in.directory().resolve("a.csv"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    Transport now = transport(Clock.systemUTC());
    try (Inbound inbound = now.openInbound(in)) {
      assertThat(inbound.poll(10)).isEmpty();
    }
    try (Inbound inbound = transport().openInbound(in)) {
      assertThat(inbound.poll(10)).hasSize(1);
    }
  }

  @Test
  void aTemporaryNameAndAMissingMarkerKeepAFileWaiting() throws Exception {
    Endpoint in = end("in", Map.of("suffix", ".tmp", "marker", ".ok"));
    send(in, "a.csv.tmp", new byte[10]);
    send(in, "b.csv", new byte[10]);
    send(in, "c.csv", new byte[10]);
    send(in, "c.csv.ok", new byte[0]);
    try (Inbound inbound = transport().openInbound(in)) {
      assertThat(inbound.poll(10)).extracting(Arrival::name).containsExactly("c.csv");
      inbound.poll(10);
    }
  }

  @Test
  void aRequiredManifestIsWaitedForAndGoesWithItsFile() throws Exception {
    Endpoint in = end("in", Map.of("manifest", "required"));
    send(in, "a.csv", new byte[10]);
    try (Inbound inbound = transport().openInbound(in)) {
      assertThat(inbound.poll(10)).isEmpty();
      send(in, "a.csv.manifest.json", "{}".getBytes(StandardCharsets.UTF_8));
      Arrival arrival = inbound.poll(10).get(0);
      assertThat(arrival.manifest().orElseThrow()).asString().isEqualTo("{}");
      arrival.retire();
      assertThat(in.directory()).isEmptyDirectory();
    }
  }

  @Test
  void linksDirectoriesAndHostileNamesAreUnfitAndStillSetAside() throws Exception {
    Endpoint in = end("in", Map.of());
    Files.createDirectories(in.directory());
    Path secret = Files.writeString(root.resolve("secret"), "not yours");
    Files.createSymbolicLink(in.directory().resolve("link.csv"), secret);
    Files.createDirectory(in.directory().resolve("folder"));
    send(in, "a..b.csv", new byte[1]);
    send(in, "line\nbreak.csv", new byte[1]);
    try (Inbound inbound = transport().openInbound(in)) {
      for (Arrival arrival : inbound.poll(10)) {
        assertThat(arrival.unfit()).as(arrival.name()).isPresent();
        arrival.setAside(aside.resolve(Integer.toString(arrival.name().hashCode())));
      }
    }
    assertThat(in.directory()).isEmptyDirectory();
    assertThat(secret).hasContent("not yours");
    assertThat(Files.isSymbolicLink(aside.resolve(Integer.toString("link.csv".hashCode()))))
        .isTrue();
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsNoticed() throws Exception {
    Endpoint in = end("in", Map.of());
    send(in, "a.csv", new byte[10]);
    try (Inbound inbound = transport().openInbound(in)) {
      Arrival arrival = inbound.poll(10).get(0);
      Files.write(in.directory().resolve("a.csv"), new byte[20]);
      assertThat(arrival.unchanged()).isFalse();
      assertThat(inbound.poll(10)).extracting(Arrival::size).containsExactly(20L);
    }
  }

  @Test
  void aStagedParcelThatADiskCutIsStagedAgainAndOneThatIsHalfPublishedIsNot() throws Exception {
    byte[] content = "宛名".getBytes(StandardCharsets.UTF_8);
    byte[] sha = MessageDigest.getInstance("SHA-256").digest(content);
    Parcel parcel = new Parcel(7, "a.csv", content.length, sha, new byte[] {'{', '}'});
    Path staging = root.resolve("out/.kiban");
    try (Outbound out = transport().openOutbound(wayOut())) {
      out.stage(parcel, () -> new ByteArrayInputStream(content));
      assertThat(out.look(parcel)).as("not synced").isEqualTo(Outbound.Presence.LOST);
      out.sync();
      assertThat(out.look(parcel)).isEqualTo(Outbound.Presence.STAGED);
    }
    try (Outbound out = transport().openOutbound(wayOut())) {
      assertThat(out.look(parcel)).as("after a restart").isEqualTo(Outbound.Presence.STAGED);
      Files.write(staging.resolve("7"), new byte[content.length]);
      assertThat(out.look(parcel)).isEqualTo(Outbound.Presence.LOST);
      Files.write(staging.resolve("7"), content);
      Files.delete(staging.resolve("7.manifest.json"));
      assertThat(out.look(parcel)).isEqualTo(Outbound.Presence.LOST);
      Files.write(staging.resolve("7.manifest.json"), parcel.manifest());
      Files.move(staging.resolve("7"), root.resolve("out/a.csv"));
      assertThat(out.look(parcel)).isEqualTo(Outbound.Presence.STAGED);
    }
  }

  @Test
  void aParcelThatIsNotOnDiskIsNotPublished() throws Exception {
    Parcel parcel = new Parcel(7, "a.csv", 2, new byte[32], null);
    try (Outbound out = transport().openOutbound(wayOut())) {
      out.stage(parcel, () -> new ByteArrayInputStream(new byte[2]));
      assertThatThrownBy(() -> out.publish(parcel)).hasMessageContaining("not on disk");
      assertThat(root.resolve("out/a.csv")).doesNotExist();
      out.sync();
      out.publish(parcel);
      assertThat(root.resolve("out/a.csv")).exists();
    }
  }

  @Test
  void aSpoolBecomesTheDeliveredFile() throws IOException {
    byte[] content = {1, 2, 3};
    Endpoint out = wayOut();
    Parcel parcel = new Parcel(7, "a.csv", 3, new byte[32], null);
    try (Outbound outbound = transport().openOutbound(out)) {
      Path spool = outbound.spool().orElseThrow();
      Object inode = Files.getAttribute(Files.write(spool, content), "unix:ino");

      outbound.stage(parcel, spooled(spool));
      outbound.sync();
      outbound.publish(parcel);

      assertThat(spool).doesNotExist();
      Path delivered = out.directory().resolve("a.csv");
      assertThat(delivered).hasBinaryContent(content);
      assertThat(Files.getAttribute(delivered, "unix:ino")).isEqualTo(inode);
    }
  }

  @Test
  void aSpoolFromElsewhereIsCopied() throws IOException {
    Endpoint out = wayOut();
    Path spool = Files.write(root.resolve("elsewhere"), new byte[] {1, 2, 3});
    Parcel parcel = new Parcel(7, "a.csv", 3, new byte[32], null);
    try (Outbound outbound = transport().openOutbound(out)) {
      outbound.stage(parcel, spooled(spool));
      outbound.sync();
      outbound.publish(parcel);
    }
    assertThat(spool).exists();
    assertThat(out.directory().resolve("a.csv")).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void spoolsThatACrashLeftGoWithTheNextRunAndNoOthers() throws IOException {
    Transport before = transport();
    Path left;
    try (Outbound outbound = before.openOutbound(wayOut())) {
      left = Files.write(outbound.spool().orElseThrow(), new byte[1]);
      Files.write(left.resolveSibling("12"), new byte[1]);
      assertThat(outbound.spool()).isNotEqualTo(outbound.spool());
    }
    before.openOutbound(wayOut()).close();
    assertThat(left).exists();

    transport().openOutbound(wayOut()).close();

    assertThat(left).doesNotExist();
    assertThat(left.resolveSibling("12")).exists();
  }

  private static Outbound.Content spooled(Path spool) {
    return new Outbound.Content() {
      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(spool);
      }

      @Override
      public Optional<Path> file() {
        return Optional.of(spool);
      }
    };
  }
}
