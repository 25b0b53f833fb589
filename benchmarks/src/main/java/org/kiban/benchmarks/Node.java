package org.kiban.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The distribution, unpacked anew, with Kurashiki and its partners. Closing stops it. */
final class Node implements AutoCloseable {

  static final String CODE = "332020";

  private static final Map<String, String> PORTS =
      Map.of(
          "org.apache.karaf.shell.cfg", "sshPort\\s*=\\s*",
          "org.kiban.http.cfg.json", "\"port\"\\s*:\\s*",
          "org.kiban.messaging.broker.cfg.json", "\"port\"\\s*:\\s*",
          "org.kiban.logship.receive.cfg.json", "\"port\"\\s*:\\s*");

  final Path home;

  private Node(Path home) {
    this.home = home;
  }

  /** Unpacks it; nothing is started. */
  static Node unpack() throws IOException {
    return unpack("node");
  }

  /** Unpacks one of several; nothing is started. */
  static Node unpack(String name) throws IOException {
    Path work = work();
    delete(work.resolve(name));
    Path folder = Files.createDirectories(work.resolve(name));
    run("tar", "xzf", System.getProperty("kiban.archive"), "-C", folder.toString());
    try (Stream<Path> inside = Files.list(folder)) {
      Node node = new Node(inside.findFirst().orElseThrow());
      for (Map.Entry<String, String> port : PORTS.entrySet()) {
        Path file = node.home.resolve("etc").resolve(port.getKey());
        String text = Files.readString(file);
        String replaced =
            text.replaceFirst("(?m)(^\\s*" + port.getValue() + ")\\d+", "$1" + freePort());
        Files.writeString(file, replaced);
      }
      return node;
    }
  }

  /** Where everything lies. */
  static Path work() throws IOException {
    return Files.createDirectories(
        Path.of(System.getProperty("kiban.work")).toAbsolutePath().normalize());
  }

  /** Gives it a name in its network. */
  Node named(String name) throws IOException {
    Path file = home.resolve("etc/org.kiban.node.cfg.json");
    String text = Files.readString(file);
    Files.writeString(
        file, text.replaceFirst("(\"node-name\"\\s*:\\s*)\"[^\"]*\"", "$1\"" + name + "\""));
    return this;
  }

  /** Adds a municipality with messaging and linkage. */
  Node municipality() throws IOException {
    return municipality("messaging", "exchange");
  }

  /** Adds a municipality with what it switches on. */
  Node municipality(String... capabilities) throws IOException {
    return municipality(CODE, List.of(capabilities));
  }

  /** Adds another municipality with what it switches on. */
  Node municipality(String code, List<String> capabilities) throws IOException {
    String name = "org.kiban.municipality~" + code + ".cfg.json";
    Files.writeString(
        home.resolve("etc").resolve(name),
        """
        {"code": "%s", "name": "倉敷市", "site": "chosha", "environment": "production",
         "capabilities": ["%s"]}
        """
            .formatted(code, String.join("\", \"", capabilities)));
    return this;
  }

  /** Starts it and waits until it is ready. */
  Node start() throws IOException {
    kiban("start");
    return this;
  }

  /** Runs one shell command. */
  String exec(String command) throws IOException {
    return kiban("exec", command);
  }

  String kiban(String... arguments) throws IOException {
    return run(command(arguments).toArray(String[]::new));
  }

  /** Begins a shell command that takes long. */
  Process begin(String command) throws IOException {
    return new ProcessBuilder(command("exec", command))
        .redirectErrorStream(true)
        .redirectOutput(work().resolve("begun.out").toFile())
        .start();
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/kiban").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Declares an interface; it is in force when its directory is there. */
  Node declare(String id, String yaml) throws IOException {
    Path directory = Files.createDirectories(home.resolve("etc/exchange").resolve(CODE));
    Path beside = Files.writeString(directory.resolve("." + id + ".new"), yaml);
    Files.move(beside, directory.resolve(id + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
    Waiting.until(java.time.Duration.ofMillis(100), () -> Files.isDirectory(in(id)));
    return this;
  }

  Path in(String id) {
    return home.resolve("var").resolve(CODE).resolve("exchange/in").resolve(id);
  }

  Path out(String consumer, String id) {
    return home.resolve("var").resolve(CODE).resolve("exchange/out").resolve(consumer).resolve(id);
  }

  int brokerPort() throws IOException {
    Path file = home.resolve("etc/org.kiban.messaging.broker.cfg.json");
    java.util.regex.Matcher port =
        java.util.regex.Pattern.compile("\"port\"\\s*:\\s*(\\d+)").matcher(Files.readString(file));
    if (!port.find()) {
      throw new IOException(file + " names no port");
    }
    return Integer.parseInt(port.group(1));
  }

  long pid() throws IOException {
    return Long.parseLong(Files.readString(home.resolve("var/run/kiban.pid")).strip());
  }

  @Override
  public void close() throws IOException {
    kiban("stop");
  }

  static String run(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KIBAN_LANG", "en");
    builder.redirectInput(new java.io.File("/dev/null"));
    Path out = Files.createTempFile(work(), "run", ".out");
    builder.redirectOutput(out.toFile());
    try {
      // To a file: a daemon that it starts would keep a pipe open.
      int status = builder.start().waitFor();
      String text = Files.readString(out, StandardCharsets.UTF_8);
      if (status != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + status + "\n" + text);
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(out);
    }
  }

  /** How large a directory is. */
  static double mib(Path directory) throws IOException {
    String kib = run("du", "-sk", "--apparent-size", directory.toString());
    return Long.parseLong(kib.replaceAll("\\s.*", "").strip()) / 1024.0;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      run("rm", "-rf", folder.toString());
    }
  }
}
