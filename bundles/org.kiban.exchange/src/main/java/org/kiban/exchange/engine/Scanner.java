package org.kiban.exchange.engine;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.ScanView;

/**
 * Has arrivals looked at by clamd. What it cannot judge, because it does not answer, refuses the
 * size or looked at a part only, is no answer: an I/O error, and the arrival stays where it is.
 * Safe for any thread.
 *
 * @param address {@code host:port} of clamd; empty for no scan
 * @param maxBytes files that are larger are not sent to it
 */
record Scanner(String address, long maxBytes) {

  private static final int CONNECT_MILLISECONDS = 5_000;
  private static final int ANSWER_MILLISECONDS = 60_000;
  private static final int CHUNK = 64 * 1024;
  private static final int ANSWER_BYTES = 4096;
  private static final String LIMITS = "Heuristics.Limits.Exceeded";

  /** As declared. */
  static Scanner of(ExchangeConfig config) {
    String address = config.clamd();
    if (!address.isEmpty() && !address.matches("[^:\\s]+:[0-9]{1,5}|\\[[^]]+]:[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "etc/org.kiban.exchange.cfg.json: clamd: not host:port: " + address);
    }
    return new Scanner(address, (long) config.clamd$_$max$_$mib() << 20);
  }

  boolean isOn() {
    return !address.isEmpty();
  }

  /**
   * Has an arrival looked at.
   *
   * @return the name of what was found in it; nothing if it is clean, or nobody is to look
   * @throws IOException if that could not be told
   */
  Optional<String> found(Arrival arrival) throws IOException {
    if (!isOn()) {
      return Optional.empty();
    }
    if (arrival.size() > maxBytes) {
      throw new IOException(
          "held: " + arrival.size() + " bytes are more than the malware scan takes: " + maxBytes);
    }
    String answer;
    try (InputStream content = arrival.open()) {
      answer = ask("zINSTREAM\0", content);
    }
    if (answer.equals("stream: OK")) {
      return Optional.empty();
    }
    if (answer.startsWith("stream: ") && answer.endsWith(" FOUND") && !answer.contains(LIMITS)) {
      return Optional.of(
          answer.substring("stream: ".length(), answer.length() - " FOUND".length()));
    }
    throw new IOException("held: the malware scan answers: " + answer);
  }

  /** How it is, as clamd says itself. */
  ScanView status() {
    if (!isOn()) {
      return new ScanView("off", "", "");
    }
    try {
      return new ScanView("on", address, ask("zVERSION\0", InputStream.nullInputStream()));
    } catch (IOException e) {
      return new ScanView("unreachable", address, String.valueOf(e.getMessage()));
    }
  }

  private String ask(String command, InputStream content) throws IOException {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
    int port = Integer.parseInt(address.substring(colon + 1));
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLISECONDS);
      socket.setSoTimeout(ANSWER_MILLISECONDS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.write(command.getBytes(StandardCharsets.US_ASCII));
      if (command.contains("INSTREAM")) {
        send(content, out);
      }
      out.flush();
      byte[] answer = socket.getInputStream().readNBytes(ANSWER_BYTES);
      return new String(answer, StandardCharsets.UTF_8).replace("\0", "").strip();
    } catch (IOException e) {
      throw new IOException("held: the malware scan at " + address + ": " + e.getMessage(), e);
    }
  }

  private static void send(InputStream content, DataOutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
      if (n > 0) {
        out.writeInt(n);
        out.write(chunk, 0, n);
      }
    }
    out.writeInt(0);
  }
}
