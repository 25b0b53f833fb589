package org.kiban.addon.tool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A node for tests of an add-on: an unpacked distribution, driven through {@code bin/kiban} with
 * configuration and data of its own and free ports on the loopback address. Closing stops it. For
 * one thread.
 */
public final class TestNode implements AutoCloseable {

  private static final Map<String, String> PORTS =
      Map.of(
          "org.apache.karaf.shell.cfg", "sshPort\\s*=\\s*",
          "org.kiban.http.cfg.json", "\"port\"\\s*:\\s*",
          "org.kiban.messaging.broker.cfg.json", "\"port\"\\s*:\\s*");
  private static final int MINUTES = 3;

  private final Path home;
  private final Path folder;

  private TestNode(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
  }

  /**
   * What a command answered.
   *
   * @param status its exit status: 0 done, 1 failed, 2 usage, 3 refused, 4 partly done
   * @param text what it printed
   */
  public record Answer(int status, String text) {

    /** Fails with the text unless the command ended so. */
    public Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError("exit status " + status + " instead of " + expected + "\n" + text);
      }
      return this;
    }
  }

  /**
   * Starts a node.
   *
   * @param home an unpacked distribution; nothing is written to it
   * @param folder for its configuration and data; emptied first
   * @param trust trust files to put into its trust store
   */
  public static TestNode start(Path home, Path folder, Path... trust) throws IOException {
    if (!Files.isExecutable(home.resolve("bin/kiban"))) {
      throw new IllegalArgumentException(
          home + " is no unpacked Kiban distribution: bin/kiban is missing (-Dkiban.home=…)");
    }
    delete(folder);
    Path etc = Files.createDirectories(folder.resolve("etc"));
    for (Map.Entry<String, String> port : PORTS.entrySet()) {
      String text = Files.readString(home.resolve("etc").resolve(port.getKey()));
      Files.writeString(
          etc.resolve(port.getKey()),
          text.replaceFirst("(?m)(^\\s*" + port.getValue() + ")\\d+", "$1" + freePort()));
    }
    Path store = Files.createDirectories(etc.resolve("trust"));
    for (Path file : trust) {
      Files.copy(file, store.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    TestNode node = new TestNode(home, folder);
    node.kiban("start").expect(0);
    return node;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** {@code KIBAN_DATA}. */
  public Path data() {
    return folder.resolve("var");
  }

  /** Runs a command of the node's shell. */
  public Answer exec(String command) throws IOException {
    return kiban("exec", command);
  }

  private Answer kiban(String... arguments) throws IOException {
    Path output = Files.createTempFile(folder, "kiban", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(home.resolve("bin/kiban").toString()), Stream.of(arguments))
                .toList());
    builder
        .environment()
        .putAll(
            Map.of(
                "KIBAN_DATA",
                data().toString(),
                "KIBAN_ETC",
                folder.resolve("etc").toString(),
                "LC_ALL",
                "C.UTF-8",
                "KIBAN_LANG",
                "en"));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(List.of(arguments) + " does not end: " + Files.readString(output));
      }
      return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      Files.delete(output);
    }
  }

  /** Stops the node. */
  @Override
  public void close() throws IOException {
    kiban("stop").expect(0);
  }
}
