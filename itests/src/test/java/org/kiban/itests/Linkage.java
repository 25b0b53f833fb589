package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The linkage of one municipality on a node, as its operator and its neighbours meet it. */
final class Linkage {

  private final NodeProcess node;
  private final String code;

  Linkage(NodeProcess node, String code) {
    this.node = node;
    this.code = code;
  }

  /** Switches the municipality on and registers partners. */
  Linkage enable(String... partners) {
    node.exec("municipality:enable " + code).expect(0);
    for (String partner : partners) {
      node.exec("partner:add --environment production " + code + " " + partner).expect(0);
    }
    return this;
  }

  /** Drops a declaration and waits until it is in force. */
  Linkage declare(String id, String yaml) {
    node.configure("exchange/" + code + "/" + id + ".yaml", yaml);
    await(
        Duration.ofSeconds(60),
        id + " comes into force",
        () -> node.exec("exchange:interface-show " + code + " " + id).out().contains("active"));
    return this;
  }

  Path root() {
    return node.data().resolve(code).resolve("exchange");
  }

  Path in(String id) {
    return root().resolve("in").resolve(id);
  }

  Path out(String consumer, String id) {
    return root().resolve("out").resolve(consumer).resolve(id);
  }

  /**
   * Puts a file down as a careful provider does: under another name, then renamed.
   *
   * @throws IOException if there is no room
   */
  void drop(String id, String name, byte[] content) throws IOException {
    Path beside = Files.write(in(id).resolve(name + ".tmp"), content);
    Files.move(beside, in(id).resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** What the ledger says about every delivery. */
  List<JsonNode> deliveries() {
    Shell.Result answer = node.exec("exchange:list --limit 1000000 --json " + code);
    try {
      JsonNode all = new ObjectMapper().readTree(answer.expect(0).out());
      return Stream.iterate(0, i -> i < all.size(), i -> i + 1).map(all::get).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails with every finding unless ledger and delivered files agree. */
  void verify() {
    node.exec("exchange:verify " + code).expect(0);
  }

  /** Everything below a directory that is no directory. */
  static List<Path> files(Path directory) {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(p -> !Files.isDirectory(p)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for something that the node does by itself. */
  static void await(Duration limit, String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(limit);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as(what).isBefore(end);
      pause(100);
    }
  }

  static void pause(long milliseconds) {
    LockSupport.parkNanos(Duration.ofMillis(milliseconds).toNanos());
  }
}
