package org.kiban.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Debian's rsyslog: imfile, over mutual TLS, to a file of another rsyslog. */
final class PeerRsyslog implements AutoCloseable {

  private static final String PROGRAM = "/usr/sbin/rsyslogd";

  private final Path work;
  private final Process receiver;
  private final Path log;
  private final int port;
  private Process sender;
  private long counted;
  private long lines;

  /** Starts the receiver, with nothing remembered. */
  PeerRsyslog(Path work, Path log, int port) throws IOException {
    this.work = work;
    this.log = log;
    this.port = port;
    Node.delete(work);
    Files.createDirectories(work.resolve("in"));
    Files.createDirectories(work.resolve("out"));
    certificates();
    this.receiver =
        start(
            "in",
            """
            module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1"
              streamDriver.authMode="x509/certvalid")
            template(name="line" type="string" string="%%msg%%\\n")
            ruleset(name="all") { action(type="omfile" file="%s/received.log" template="line"
              ioBufferSize="256k" asyncWriting="off") }
            input(type="imtcp" port="%d" address="127.0.0.1" ruleset="all")
            """
                .formatted(work, port));
    Waiting.until(java.time.Duration.ofMillis(100), () -> Files.exists(work.resolve("in.pid")));
  }

  /** Starts the sender. */
  void begin() throws IOException {
    sender =
        start(
            "out",
            """
            module(load="imfile" mode="inotify")
            input(type="imfile" file="%s" tag="gyomu" ruleset="away")
            ruleset(name="away" queue.type="LinkedList" queue.size="100000"
                queue.dequeueBatchSize="2048") {
              action(type="omfwd" target="127.0.0.1" port="%d" protocol="tcp"
                TCP_Framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format"
                streamDriver="gtls" streamDriverMode="1" streamDriverAuthMode="x509/certvalid"
                action.resumeRetryCount="-1") }
            """
                .formatted(log, port));
  }

  /** How many lines the receiver has written. */
  long received() throws IOException {
    Path file = work.resolve("received.log");
    if (!Files.exists(file)) {
      return 0;
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(counted);
      byte[] piece = new byte[1 << 20];
      for (int n = in.read(piece); n > 0; n = in.read(piece)) {
        counted += n;
        for (int i = 0; i < n; i++) {
          lines += piece[i] == '\n' ? 1 : 0;
        }
      }
    }
    return lines;
  }

  Usage sender() throws IOException {
    return Usage.of(sender.pid());
  }

  Usage receiver() throws IOException {
    return Usage.of(receiver.pid());
  }

  @Override
  public void close() throws IOException {
    sender.destroy();
    receiver.destroy();
    try {
      sender.waitFor();
      receiver.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void certificates() throws IOException {
    Node.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-days",
        "2",
        "-keyout",
        work.resolve("key.pem").toString(),
        "-out",
        work.resolve("ca.pem").toString());
  }

  private Process start(String name, String rules) throws IOException {
    String head =
        """
        global(workDirectory="%1$s/%2$s" maxMessageSize="64k" defaultNetstreamDriver="gtls"
          defaultNetstreamDriverCAFile="%1$s/ca.pem" defaultNetstreamDriverCertFile="%1$s/ca.pem"
          defaultNetstreamDriverKeyFile="%1$s/key.pem")
        """
            .formatted(work, name);
    Path config = Files.writeString(work.resolve(name + ".conf"), head + rules);
    return new ProcessBuilder(
            PROGRAM, "-n", "-f", config.toString(), "-i", work.resolve(name + ".pid").toString())
        .redirectErrorStream(true)
        .redirectOutput(work.resolve(name + ".log").toFile())
        .start();
  }
}
