package org.kiban.logship.destination;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.kiban.logship.tls.TestNode;

/** Debian's rsyslog as a receiver over mutual TLS, with its files in a directory of its own. */
final class Rsyslog implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");
  private static final Path TLS = Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so");

  private final Path directory;
  private final int port;
  private final Process process;

  private Rsyslog(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /** Whether this machine has one. */
  static boolean isPresent() {
    return Files.isExecutable(PROGRAM) && Files.exists(TLS);
  }

  /** Starts one; with the files of an earlier one if the directory has them. */
  static Rsyslog start(Path directory, TestNode server, TestNode client, int port)
      throws IOException {
    Files.createDirectories(directory.resolve("work"));
    Path config = directory.resolve("rsyslog.conf");
    Files.writeString(
        config,
        """
        global(workDirectory="%1$s/work" maxMessageSize="64k"
          defaultNetstreamDriver="gtls"
          defaultNetstreamDriverCAFile="%2$s"
          defaultNetstreamDriverCertFile="%3$s"
          defaultNetstreamDriverKeyFile="%4$s")
        module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1"
          streamDriver.authMode="x509/certvalid")
        template(name="line" type="string"
          string="%%hostname%% %%app-name%% %%structured-data%% %%msg%%\\n")
        ruleset(name="all") { action(type="omfile" file="%1$s/received.log" template="line") }
        input(type="imtcp" port="%5$d" address="127.0.0.1" ruleset="all")
        """
            .formatted(directory, client.certificate(), server.certificate(), server.key(), port));
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(), "-n", "-f", config.toString(), "-i", directory + "/pid")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    Rsyslog started = new Rsyslog(directory, port, process);
    started.await();
    return started;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What it has written so far. */
  String received() throws IOException {
    Path file = directory.resolve("received.log");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private void await() throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw new IOException(Files.readString(directory.resolve("out")), e);
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }
}
