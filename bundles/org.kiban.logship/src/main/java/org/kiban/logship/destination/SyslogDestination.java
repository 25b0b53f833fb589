package org.kiban.logship.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;

/**
 * Syslog over TLS: RFC 5424 messages, counted as RFC 5425 says. The protocol has no
 * acknowledgement: a segment counts as taken once the network took it, so what was under way when
 * the receiver died is lost, and what was repeated is doubled. Each message names its place, so
 * that a receiver can tell.
 */
final class SyslogDestination implements Destination {

  /** Opens a connection to the receiver. */
  interface Line {
    Socket connect() throws IOException;
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] USER_INFO = "<14>1 ".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER = 1 << 16;
  private static final int NAME_LENGTH = 48;
  private static final int HOST_LENGTH = 255;

  private final String ownNode;
  private final Line line;
  private Socket socket;
  private OutputStream out;

  SyslogDestination(String ownNode, Line line) {
    this.ownNode = ownNode;
    this.line = line;
  }

  @Override
  public synchronized Position position(Origin source, Position remembered) throws IOException {
    if (socket == null || socket.isClosed()) {
      socket = line.connect();
      socket.setSoTimeout(0);
      out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
      watch(socket);
    }
    return remembered;
  }

  @Override
  public synchronized CompletableFuture<Position> send(Segment segment) throws IOException {
    if (socket == null || socket.isClosed()) {
      throw new IOException("the syslog receiver closed the connection");
    }
    try {
      String tail = tail(segment.origin());
      segment.forEach(
          (offset, body, start, length) ->
              write(segment.form(), tail, offset, body, start, length));
      out.flush();
      return CompletableFuture.completedFuture(segment.after());
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public long stored(Origin source, Position sent) {
    return -1; // nobody can be asked
  }

  @Override
  public synchronized void close() {
    if (socket != null) {
      quietly(socket);
      socket = null;
    }
  }

  private void write(
      Segment.Form form, String tail, long offset, byte[] body, int start, int length)
      throws IOException {
    String time = "-";
    byte[] text = Arrays.copyOfRange(body, start, start + length);
    if (form == Segment.Form.DOCUMENT) {
      JsonNode document = JSON.readTree(text);
      time = document.path("@timestamp").asText("-");
      if (!document.has("fields")) {
        text = document.path("message").asText().getBytes(StandardCharsets.UTF_8);
      }
    }
    byte[] head = (microseconds(time) + tail + offset + "\"] ").getBytes(StandardCharsets.UTF_8);
    int count = USER_INFO.length + head.length + text.length;
    out.write((count + " ").getBytes(StandardCharsets.US_ASCII));
    out.write(USER_INFO);
    out.write(head);
    out.write(text);
  }

  /** RFC 5424 knows microseconds, no finer. */
  private static String microseconds(String time) {
    return time.replaceFirst("(\\.[0-9]{6})[0-9]+", "$1");
  }

  private String tail(Origin origin) {
    Whence whence = Whence.of(origin, ownNode);
    // 32473 is the number that RFC 5612 keeps for examples; Kiban has none of its own.
    return ' '
        + word(whence.node(), HOST_LENGTH)
        + ' '
        + word(whence.source(), NAME_LENGTH)
        + " - - [kiban@32473 stream=\""
        + origin.id()
        + "\" offset=\"";
  }

  private static String word(String text, int most) {
    String ascii = text.replaceAll("[^!-~]", "_");
    return ascii.substring(0, Math.min(most, ascii.length()));
  }

  /** A receiver never speaks; that it hangs up shows only to who reads. */
  private static void watch(Socket socket) {
    Thread reader =
        new Thread(
            () -> {
              try (socket;
                  InputStream in = socket.getInputStream()) {
                while (in.read() >= 0) {
                  // Whatever it says means nothing.
                }
              } catch (IOException ignored) {
                // The connection is over, which is what this waits for.
              }
            },
            "kiban-logship-syslog");
    reader.setDaemon(true);
    reader.start();
  }

  private static void quietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // It is given up anyway.
    }
  }
}
