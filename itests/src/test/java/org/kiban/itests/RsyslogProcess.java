package org.kiban.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Debian's rsyslog as a receiver over mutual TLS. Closing kills it. */
final class RsyslogProcess implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");
  private static final Path TLS = Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so");

  private final Path directory;
  private Process process;

  /**
   * @param directory its own
   * @param certificate its own, in PEM; the key lies beside as {@code key.pem}
   * @param authority of those who may come
   */
  RsyslogProcess(Path directory, Path certificate, Path authority, int port) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.resolve("work"));
    Files.writeString(
        directory.resolve("conf"),
        """
        global(workDirectory="%1$s/work" maxMessageSize="64k" defaultNetstreamDriver="gtls"
          defaultNetstreamDriverCAFile="%2$s" defaultNetstreamDriverCertFile="%3$s"
          defaultNetstreamDriverKeyFile="%4$s")
        module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1"
          streamDriver.authMode="x509/certvalid")
        template(name="line" type="string" string="%%structured-data%% %%msg%%\\n")
        ruleset(name="all") { action(type="omfile" file="%1$s/received" template="line") }
        input(type="imtcp" port="%5$d" address="127.0.0.1" ruleset="all")
        """
            .formatted(
                directory, authority, certificate, certificate.resolveSibling("key.pem"), port));
  }

  /** Whether this machine has one that speaks TLS. */
  static boolean isPresent() {
    return Files.isExecutable(PROGRAM) && Files.exists(TLS);
  }

  void start() throws IOException {
    Files.deleteIfExists(directory.resolve("pid"));
    process =
        new ProcessBuilder(
                PROGRAM.toString(), "-n", "-f", directory + "/conf", "-i", directory + "/pid")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
  }

  /** Ends it as a power cut does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** What it wrote. */
  List<String> received() throws IOException {
    Path file = directory.resolve("received");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
