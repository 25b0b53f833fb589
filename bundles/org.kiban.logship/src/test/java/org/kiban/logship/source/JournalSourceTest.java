package org.kiban.logship.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.mask.Mask;
import org.kiban.logship.parse.Packer;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.ship.SourceId;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** A real journal, written by systemd's own program and followed by {@code journalctl}. */
class JournalSourceTest {

  private static final Path WRITER = Path.of("/lib/systemd/systemd-journal-remote");
  private static final Path READER = Path.of("/usr/bin/journalctl");
  private static final SourceId ID = new SourceId("a".repeat(32));

  @TempDir private Path folder;

  private Path journal;
  private final ByteArrayOutputStream export = new ByteArrayOutputStream();
  private final List<List<Object>> lost = new CopyOnWriteArrayList<>();
  private int written;
  private JournalSpool spool;
  private JournalSource source;

  @BeforeEach
  void needsSystemd() throws IOException {
    assumeThat(Files.isExecutable(WRITER) && Files.isExecutable(READER)).isTrue();
    journal = Files.createDirectories(folder.resolve("journal"));
  }

  @Test
  void takesEachEntryOnceWhateverWasRemembered() throws Exception {
    write(50);
    begin(false);
    await(50);
    source.close();
    write(30);
    begin(false);
    await(80);

    List<String> documents = documents(Position.START, 1 << 20);
    assertThat(documents).hasSize(80);
    for (int i = 0; i < 80; i++) {
      assertThat(new ObjectMapper().readTree(documents.get(i)).path("message").asText())
          .isEqualTo("%04d 住民票 ************ を発行".formatted(i));
    }
    assertThat(documents.get(0)).contains("\"@timestamp\":\"2026-11-23T").contains("kiban.service");
    assertThat(lost).isEmpty();
    source.close();
  }

  @Test
  void tellsWhatTheJournalLetGoOfBeforeItWasRead() throws Exception {
    // given
    write(50);
    begin(false);
    await(50);
    source.close();

    // when 30 more are written and thrown away before anybody reads them
    write(30);
    try (java.util.stream.Stream<Path> files = Files.list(journal)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    write(20);
    begin(false);
    await(70);

    // then the first of the rest is there, and what is missing is told once
    assertThat(documents(Position.START, 1 << 20).get(50)).contains("0080 住民票");
    assertThat(lost).hasSize(1);
    assertThat(lost.get(0).subList(0, 2)).containsExactly(time(49), time(80));
    assertThat((String) lost.get(0).get(2)).contains("deleted by the journal");
    source.close();
    begin(false);
    await(70);
    assertThat(lost).hasSize(1);
    source.close();
  }

  @Test
  void beginsAtTheEndIfAskedTo() throws Exception {
    write(20);
    begin(true);
    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    assertThat(spool.size()).isZero();
    source.close();
  }

  @Test
  void readsOnFromAnyPlaceAndLetsGoOfWhatEverybodyHas() throws Exception {
    write(2_000);
    begin(false);
    await(2_000);
    Stream stream = source.look().get(0);

    assertThat(String.join("\n", documents(Position.START, 700)))
        .isEqualTo(String.join("\n", documents(Position.START, 1 << 20)));
    stream.release(stream.size() / 2);
    assertThat(stream.first()).isPositive().isLessThanOrEqualTo(stream.size() / 2);
    source.close();
    begin(false);
    assertThat(source.look().get(0).first()).isPositive();
    source.close();
  }

  @Test
  void bytesThatAreNoTextCannotHideANumber() throws Exception {
    append("MESSAGE\n", "\u0001 123456789018".getBytes(StandardCharsets.UTF_8));
    begin(false);
    await(1);

    assertThat(documents(Position.START, 1 << 20).get(0)).contains("************");
    source.close();
  }

  @Test
  void saysWhatKeepsItFromReading() throws Exception {
    journal = folder.resolve("nowhere");
    begin(false);
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (source.problem().isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    assertThat(source.problem()).contains("KBN-LOGSHIP-010");
    source.close();
  }

  /** The documents that a sender makes of the stream, reading pieces of a size. */
  private List<String> documents(Position from, int most) throws IOException {
    Stream stream = source.look().get(0);
    Packer packer = new Packer(stream.profile(), new Mask(List.of()));
    List<String> all = new ArrayList<>();
    Position at = from;
    try (Stream.Reader reader = stream.open()) {
      byte[] bytes = new byte[most + 1];
      while (at.offset() < stream.size()) {
        int count = reader.read(at.offset(), bytes, most);
        Segment segment =
            packer.pack(stream.origin(), at, bytes.clone(), count, Packer.Tail.OPEN).orElseThrow();
        segment.forEach(
            (offset, body, start, length) ->
                all.add(new String(body, start, length, StandardCharsets.UTF_8)));
        at = segment.after();
      }
    }
    return all;
  }

  private void begin(boolean fromEnd) throws IOException {
    FrameStore store =
        new FrameStore(
            Files.createDirectories(folder.resolve("spool")),
            new JournalsComponent(new DurableFilesComponent()),
            new SecretKeySpec(new byte[32], "AES"),
            new FrameStore.Room(16 << 20, 1 << 10));
    spool = new JournalSpool(store, ID.value());
    source =
        new JournalSource(
            "os",
            ID,
            "--directory=" + journal,
            List.of(),
            fromEnd,
            spool,
            (origin, from, to, why) -> lost.add(List.of(from, to, why)),
            InstantSource.system());
  }

  private void await(int entries) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (count() < entries) {
      assertThat(System.nanoTime())
          .as("%d of %d: %s", count(), entries, source.problem())
          .isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private int count() throws IOException {
    return spool.size() == 0 ? 0 : documents(Position.START, 1 << 22).size();
  }

  private void write(int entries) throws Exception {
    for (int i = 0; i < entries; i++) {
      append(
          "MESSAGE=",
          "%04d 住民票 123456789018 を発行".formatted(written).getBytes(StandardCharsets.UTF_8));
    }
    flush();
  }

  private static Instant time(int entry) {
    return Instant.ofEpochMilli(1_795_400_000_000L + entry);
  }

  private void append(String name, byte[] value) throws Exception {
    long time = time(written).toEpochMilli() * 1_000;
    export.writeBytes(
        ("__REALTIME_TIMESTAMP=%d\n__MONOTONIC_TIMESTAMP=%d\n_BOOT_ID=%032x\n_SYSTEMD_UNIT=kiban.service\n"
                    .formatted(time, 1_000_000L + written * 1_000L, 7 + written / 40)
                + name)
            .getBytes(StandardCharsets.UTF_8));
    if (name.endsWith("\n")) {
      export.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value.length).array());
    }
    export.writeBytes(value);
    export.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    written++;
    if (name.endsWith("\n")) {
      flush();
    }
  }

  private void flush() throws Exception {
    Path file = Files.write(folder.resolve("export"), export.toByteArray());
    export.reset();
    Process writer =
        new ProcessBuilder(
                WRITER.toString(), "--output=" + journal.resolve("kiban.journal"), file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("writer").toFile())
            .start();
    assertThat(writer.waitFor()).as(Files.readString(folder.resolve("writer"))).isZero();
  }
}
