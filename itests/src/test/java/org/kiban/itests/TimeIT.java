package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator sees of the time, on a real node, with two servers that are right and a liar.
 */
@ExtendWith(SharedNode.class)
class TimeIT {

  private static final String CODE = "131156";

  @TempDir private Path folder;

  @Test
  void boundsTheErrorNamesTheLiarAndKeepsEvidence(NodeProcess node) throws IOException {
    try (Server good = new Server(0);
        Server alsoGood = new Server(0);
        Server liar = new Server(250)) {
      node.configure(
          "org.kiban.time.node.cfg.json",
          "{\"sources\": [\"good 127.0.0.1:%d\", \"too 127.0.0.1:%d\", \"liar 127.0.0.1:%d\"],"
                  .formatted(good.port(), alsoGood.port(), liar.port())
              + " \"poll-seconds\": 1, \"chronyc\": \"/nowhere\"}");
      node.configure(
          "org.kiban.municipality~" + CODE + ".cfg.json",
          "{\"code\": \""
              + CODE
              + "\", \"name\": \"杉並区\", \"site\": \"chosha\","
              + " \"environment\": \"verification\", \"capabilities\": [\"time\"]}");
      Linkage.await(
          Duration.ofMinutes(1),
          "a majority of the time sources",
          () -> node.exec("time:status --json").out().contains("\"trust\" : \"trusted\""));

      JsonNode status = json(node, "time:status --json");
      assertThat(status.path("falsetickers")).hasSize(1);
      assertThat(status.path("falsetickers").get(0).asText()).isEqualTo("liar");
      assertThat(status.path("bound-milliseconds").asDouble()).isBetween(0.0, 100.0);
      assertThat(status.path("chrony").asText()).startsWith("verify only");
      assertThat(json(node, "time:sources --json").findValuesAsText("verdict"))
          .containsExactly("true", "true", "false");
      assertThat(node.exec("time:history").expect(0).out()).contains("liar (false)");
      Path export = folder.resolve("evidence.jsonl");
      node.exec("time:evidence --export " + export).expect(0);
      assertThat(Files.readAllLines(export)).hasSizeGreaterThanOrEqualTo(2);
      node.exec("time:evidence --export " + export).expect(3);
      node.exec("time:evidence --export evidence.jsonl").expect(3);
      node.exec("time:evidence --export " + folder.resolve("nowhere/e.jsonl")).expect(3);
      node.exec("time:history --limit 0").expect(2);

      // An unreadable source is refused by name, and time is no longer watched.
      node.configure("org.kiban.time.node.cfg.json", "{\"sources\": [\"a b c d\"]}");
      Linkage.await(
          Duration.ofMinutes(1),
          "the refusal of the source",
          () -> node.exec("municipality:show " + CODE).out().contains("KBN-TIME-001"));
    } finally {
      // Others use this node after it.
      Files.delete(node.etc().resolve("org.kiban.municipality~" + CODE + ".cfg.json"));
      Files.delete(node.etc().resolve("org.kiban.time.node.cfg.json"));
    }
  }

  private static JsonNode json(NodeProcess node, String command) throws IOException {
    return new ObjectMapper().readTree(node.exec(command).expect(0).out());
  }

  /** A time server that is ahead by some milliseconds. */
  private static final class Server implements AutoCloseable {

    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    private final DatagramSocket socket;
    private final long ahead;

    Server(long aheadMillis) throws IOException {
      this.socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
      this.ahead = aheadMillis;
      Thread thread = new Thread(this::serve, "time-server");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve() {
      try {
        while (true) {
          DatagramPacket packet = new DatagramPacket(new byte[48], 48);
          socket.receive(packet);
          ByteBuffer answer = ByteBuffer.wrap(packet.getData());
          long cookie = answer.getLong(40);
          answer.put(0, (byte) 0x24).put(1, (byte) 1).putLong(24, cookie);
          answer.putLong(32, now()).putLong(40, now());
          socket.send(packet);
        }
      } catch (IOException e) {
        // Closed: the test is over.
      }
    }

    private long now() {
      Instant now = Instant.now().plusMillis(ahead);
      long fraction = ((long) now.getNano() << 32) / 1_000_000_000L;
      return now.getEpochSecond() + SECONDS_1900_TO_1970 << 32 | fraction;
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
