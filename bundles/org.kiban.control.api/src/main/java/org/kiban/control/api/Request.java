package org.kiban.control.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client asks for.
 *
 * @param kind a command, or an interactive session
 * @param command the command line as in the shell; empty for an interactive session
 * @param environment variables of the client that shape its answer: language and terminal
 * @param columns the terminal's width in characters; 0 if there is none
 * @param lines the terminal's height in characters; 0 if there is none
 */
public record Request(
    Kind kind, String command, Map<String, String> environment, int columns, int lines) {

  /** The protocol that this class speaks; a node refuses every other. */
  public static final int VERSION = 1;

  /** What is asked for. The order is part of the protocol. */
  public enum Kind {
    /** Execute one command line and end. */
    EXEC,
    /** Hold an interactive session. */
    CONSOLE
  }

  /** Copies the environment. */
  public Request {
    environment = Map.copyOf(environment);
  }

  /** Tells that a client speaks another version of the protocol. */
  public static final class OtherVersion extends IOException {

    private static final long serialVersionUID = 1L;

    private final int version;

    OtherVersion(int version) {
      super("protocol version " + version);
      this.version = version;
    }

    /** The version that the client speaks. */
    public int version() {
      return version;
    }
  }

  /** This request as the first frame of a connection. */
  public Frame toFrame() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeInt(VERSION);
      out.writeByte(kind.ordinal());
      write(out, command);
      out.writeInt(columns);
      out.writeInt(lines);
      out.writeInt(environment.size());
      for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
        write(out, variable.getKey());
        write(out, variable.getValue());
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return new Frame(Frame.Type.REQUEST, bytes.toByteArray());
  }

  /**
   * Reads a request.
   *
   * @param frame the first of a connection
   * @throws OtherVersion if the client speaks another version
   * @throws IOException if the frame is no request
   */
  public static Request of(Frame frame) throws IOException {
    if (frame.type() != Frame.Type.REQUEST) {
      throw new IOException("expected a request, got " + frame.type());
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame.content()));
    int version = in.readInt();
    if (version != VERSION) {
      throw new OtherVersion(version);
    }
    int kind = in.readByte();
    if (kind < 0 || kind >= Kind.values().length) {
      throw new IOException("unknown kind of request " + kind);
    }
    String command = read(in);
    int columns = in.readInt();
    int lines = in.readInt();
    Map<String, String> environment = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = read(in);
      environment.put(name, read(in));
    }
    return new Request(Kind.values()[kind], command, environment, columns, lines);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text of the request is too long: " + length);
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
