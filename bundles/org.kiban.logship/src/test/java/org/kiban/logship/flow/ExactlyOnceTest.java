package org.kiban.logship.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sender that is killed, a receiver that goes away and takes without answering, a file that is
 * renamed, compressed, copied and emptied, deleted and made anew, and lines that are torn within a
 * character: nothing is lost, doubled, garbled or out of order. {@code -Dkiban.logship.events=1000}
 * asks for more events, {@code -Dkiban.logship.seed} for others.
 */
class ExactlyOnceTest {

  private static final int EVENTS = Integer.getInteger("kiban.logship.events", 100);
  private static final int KEPT = 4;

  @TempDir private Path folder;

  private final Receiver receiver = new Receiver();
  private final Random random = new Random(Long.getLong("kiban.logship.seed", 11));
  private final List<String> written = new ArrayList<>();
  private Instant now = Instant.now().plusSeconds(3600);
  private Path log;
  private Sender sender;
  private byte[] torn = {};

  @Test
  void everyLineArrivesOnce() throws IOException {
    log = Files.createDirectories(folder.resolve("logs")).resolve("app.log");
    begin();
    for (int i = 0; i < EVENTS; i++) {
      write(random.nextInt(2_000));
      happen(random.nextInt(10));
      if (random.nextInt(3) > 0) {
        sender.run();
      }
      now = now.plusSeconds(random.nextInt(90));
    }
    complete();
    receiver.down = false;
    receiver.mute = false;
    for (int i = 0; i < 5; i++) {
      now = now.plus(Duration.ofMinutes(2));
      sender.run();
    }

    List<String> arrived = receiver.all();
    assertThat(new HashSet<>(arrived)).as("doubled").hasSameSizeAs(arrived);
    assertThat(arrived.stream().sorted().toList().equals(written)).as("lost or garbled").isTrue();
    receiver.events.values().forEach(lines -> assertThat(lines).isSorted());
    assertThat(sender.evidence.troubles()).isEmpty();
    assertThat(sender.shipper.compare()).allMatch(g -> g.verdict() == Report.Verdict.OK);
    sender.stop();
  }

  private void begin() throws IOException {
    sender = new Sender(folder, log.toString(), receiver.connect(), () -> now);
  }

  private void happen(int what) throws IOException {
    switch (what) {
      case 0 -> receiver.down = !receiver.down;
      case 1 -> receiver.mute = !receiver.mute;
      case 2, 3 -> {
        sender.kill();
        if (random.nextBoolean()) {
          write(50);
          rotate();
        }
        begin();
      }
      case 4, 5 -> {
        sender.run();
        rotate();
      }
      case 6 -> {
        sender.stop();
        begin();
      }
      default -> write(random.nextInt(100));
    }
  }

  /** Lines of mixed Japanese; the last one may be torn anywhere, also within a character. */
  private void write(int lines) throws IOException {
    complete();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      String line = "%08d 住民　髙橋花子 異動 %d ok".formatted(written.size(), random.nextInt(1000));
      written.add(line);
      text.append(line).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int cut = bytes.length == 0 ? 0 : bytes.length - random.nextInt(Math.min(40, bytes.length));
    append(java.util.Arrays.copyOf(bytes, cut));
    torn = java.util.Arrays.copyOfRange(bytes, cut, bytes.length);
  }

  private void complete() throws IOException {
    append(torn);
    torn = new byte[0];
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(log, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** As logrotate does, by renaming or by copying, the second oldest compressed. */
  private void rotate() throws IOException {
    complete();
    if (receiver.down || Files.size(log) == 0) {
      return; // rotation that deletes what nobody could send is another test
    }
    Files.deleteIfExists(rotated(KEPT, ".gz"));
    for (int i = KEPT - 1; i >= 2; i--) {
      if (Files.exists(rotated(i, ".gz"))) {
        Files.move(rotated(i, ".gz"), rotated(i + 1, ".gz"));
      }
    }
    if (Files.exists(rotated(1, ""))) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(rotated(2, ".gz")))) {
        Files.copy(rotated(1, ""), out);
      }
      Files.delete(rotated(1, ""));
    }
    if (random.nextBoolean()) {
      Files.move(log, rotated(1, ""));
    } else {
      Files.copy(log, rotated(1, ""));
      Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    }
  }

  private Path rotated(int number, String suffix) {
    return log.resolveSibling("app.log." + number + suffix);
  }
}
