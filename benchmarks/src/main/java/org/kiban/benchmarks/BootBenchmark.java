package org.kiban.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * First starts from a fresh unpacking: stock Karaf until its SSH port answers, Kiban with one
 * municipality until {@code bin/kiban start} says ready.
 */
final class BootBenchmark {

  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");

  private final int rounds;
  private final Table seconds = new Table("s");
  private final Table resident = new Table("MB resident");

  BootBenchmark(Settings settings) {
    rounds = settings.number("rounds", 5);
  }

  void run() throws IOException {
    for (int round = 0; round < rounds; round++) {
      karaf();
      kiban();
    }
    Table.machine();
    seconds.print();
    System.out.println();
    resident.print();
  }

  private void karaf() throws IOException {
    Path work = Node.work().resolve("karaf");
    Node.delete(work);
    Files.createDirectories(work);
    try (Stream<Path> peers = Files.list(Node.work().resolveSibling("peers"))) {
      Node.run("tar", "xzf", peers.findFirst().orElseThrow().toString(), "-C", work.toString());
    }
    Path home;
    try (Stream<Path> inside = Files.list(work)) {
      home = inside.findFirst().orElseThrow();
    }
    int ssh = Node.freePort();
    set(home.resolve("etc/org.apache.karaf.shell.cfg"), "sshPort", ssh);
    Path management = home.resolve("etc/org.apache.karaf.management.cfg");
    set(management, "rmiRegistryPort", Node.freePort());
    set(management, "rmiServerPort", Node.freePort());
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(home.resolve("bin/karaf").toString(), "server")
            .redirectInput(new java.io.File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Waiting.until(Duration.ofMillis(50), () -> answers(ssh));
      seconds.add("Karaf to its SSH port", (System.nanoTime() - start) / 1e9);
      long java = process.descendants().mapToLong(ProcessHandle::pid).max().orElse(process.pid());
      resident.add("Karaf", megabytes(java));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private void kiban() throws IOException {
    Node node = Node.unpack().municipality();
    long start = System.nanoTime();
    try (node) {
      node.start();
      seconds.add("Kiban to ready", (System.nanoTime() - start) / 1e9);
      resident.add("Kiban, one municipality", megabytes(node.pid()));
    }
  }

  private static void set(Path file, String key, int value) throws IOException {
    String text = Files.readString(file);
    Files.writeString(file, text.replaceAll("(?m)^(" + key + "\\s*=\\s*)\\d+", "$1" + value));
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      // The greeting of an SSH server, not only an open port.
      return socket.getInputStream().read() == 'S';
    } catch (IOException e) {
      return false;
    }
  }

  private static double megabytes(long pid) throws IOException {
    Matcher m = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
    if (!m.find()) {
      throw new IOException(String.format(Locale.ROOT, "process %d is gone", pid));
    }
    return Long.parseLong(m.group(1)) / 1024.0;
  }
}
