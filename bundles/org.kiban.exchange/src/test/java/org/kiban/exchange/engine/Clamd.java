package org.kiban.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** ClamAV's own daemon on the loopback address, with one signature of our own. */
final class Clamd implements AutoCloseable {

  static final Path PROGRAM = Path.of("/usr/sbin/clamd");
  static final String BAD = "KIBAN-TEST-MALWARE-0123456789";

  private final Process process;
  private final String address;

  private Clamd(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one.
   *
   * @param folder its own, empty
   */
  static Clamd in(Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path signatures = Files.createDirectories(folder.resolve("signatures"));
    String hex = HexFormat.of().formatHex(BAD.getBytes(StandardCharsets.US_ASCII));
    Files.writeString(signatures.resolve("local.ndb"), "Kiban.Test:0:*:" + hex + "\n");
    Path conf = folder.resolve("clamd.conf");
    Files.write(
        conf,
        List.of(
            "DatabaseDirectory " + signatures,
            "TCPSocket " + port,
            "TCPAddr 127.0.0.1",
            "Foreground yes",
            "SelfCheck 0",
            "StreamMaxLength 1M",
            "AlertExceedsMax yes"));
    Path log = folder.resolve("clamd.log");
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "--config-file=" + conf)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Clamd clamd = new Clamd(process, "127.0.0.1:" + port);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!new Scanner(clamd.address, 1).status().state().equals("on")) {
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return clamd;
  }

  String address() {
    return address;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
