package org.kiban.itests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real OpenSearch in a process of its own, that asks for client certificates. */
final class OpenSearchProcess implements AutoCloseable {

  private static final Path BUNDLE =
      Path.of(System.getProperty("kiban.sources"), "bundles", "org.kiban.logship", "target");

  private final Path directory;
  private final int port;
  private Process process;

  /**
   * @param directory its own
   * @param authority of those who may come, PEM
   */
  OpenSearchProcess(Path directory, Path authority, int port) throws IOException {
    this.directory = directory;
    this.port = port;
    Files.copy(authority, Files.createDirectories(directory.resolve("client")).resolve("ca.pem"));
  }

  /** Its certificate, which is its authority too; its key lies beside as {@code key.pem}. */
  Path certificate() {
    return directory.resolve("search/ca.pem");
  }

  /** Starts it, with what an earlier one left, and waits until it answers. */
  void start() throws IOException {
    String libraries = Files.readString(BUNDLE.resolve("test.classpath"));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms384m",
                "-Xmx384m",
                "-cp",
                BUNDLE.resolve("test-classes") + ":" + BUNDLE.resolve("classes") + ":" + libraries,
                "org.kiban.logship.destination.OpenSearchProgram",
                directory.toString(),
                Integer.toString(port))
            .redirectError(directory.resolve("err").toFile())
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); !"ready".equals(line); line = out.readLine()) {
      if (line == null) {
        throw new IOException("no OpenSearch: " + Files.readString(directory.resolve("err")));
      }
    }
  }

  /** Ends it as a power cut does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Each document of some indices: stream, offset, message. */
  List<String> documents(String indices) throws IOException {
    Path file = directory.resolve("dump");
    Files.deleteIfExists(file);
    OutputStream in = process.getOutputStream();
    in.write(("dump " + indices + ' ' + file + '\n').getBytes(StandardCharsets.UTF_8));
    in.flush();
    Linkage.await(
        Duration.ofMinutes(2), "OpenSearch lists its documents", () -> Files.exists(file));
    return Files.readAllLines(file);
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
