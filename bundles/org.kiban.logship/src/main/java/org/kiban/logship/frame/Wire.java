package org.kiban.logship.frame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The messages of a connection: type (1 byte), length (4), bytes. Big-endian throughout. */
final class Wire {

  static final int VERSION = 1;

  static final int HELLO = 1;
  static final int WELCOME = 2;
  static final int REFUSED = 3;
  static final int ASK = 4;
  static final int MARK = 5;
  static final int FRAME = 6;
  static final int FATE = 7;

  private static final String MAGIC = "kiban-frames";
  private static final int LONGEST = Frame.MOST_BYTES + (1 << 16);

  private Wire() {}

  /** One message. */
  record Message(int type, byte[] bytes) {

    DataInputStream open() {
      return new DataInputStream(new ByteArrayInputStream(bytes));
    }
  }

  /** Writes the content of a message. */
  interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  static void write(DataOutputStream out, int type, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(new DataOutputStream(bytes));
    write(out, type, bytes.toByteArray());
  }

  static void write(DataOutputStream out, int type, byte[] bytes) throws IOException {
    out.writeByte(type);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * @throws java.io.EOFException if the other side has closed
   */
  static Message read(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException("a message of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new Message(type, bytes);
  }

  static void writeHello(DataOutputStream out, String municipality) throws IOException {
    write(
        out,
        HELLO,
        c -> {
          c.writeUTF(MAGIC);
          c.writeByte(VERSION);
          c.writeUTF(municipality);
        });
  }

  /** Returns the municipality that a greeting names. */
  static String readHello(Message message) throws IOException {
    try (DataInputStream in = message.open()) {
      if (message.type() != HELLO || !in.readUTF().equals(MAGIC)) {
        throw new IOException("not a sender of frames");
      }
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException("version " + version + " of the protocol, known is " + VERSION);
      }
      return in.readUTF();
    }
  }

  static void writeLane(DataOutputStream out, Lane lane) throws IOException {
    write(
        out,
        ASK,
        c -> {
          c.writeUTF(lane.kind());
          c.writeUTF(lane.origin());
          c.writeUTF(lane.key());
        });
  }

  static Lane readLane(Message message) throws IOException {
    try (DataInputStream in = message.open()) {
      return new Lane(in.readUTF(), in.readUTF(), in.readUTF());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
