package org.kiban.control.api;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * One message of the protocol: a byte that tells its type, four bytes with its length (big endian),
 * and its content.
 *
 * @param type what the content is
 * @param content at most {@link #MAX_LENGTH} bytes; not copied
 */
public record Frame(Type type, byte[] content) {

  /** The longest content that either side accepts, in bytes. */
  public static final int MAX_LENGTH = 1 << 20;

  private static final int HEAD = 5;

  /** What a frame carries. The order is part of the protocol. */
  public enum Type {
    /** First from the client: a {@link Request}. */
    REQUEST,
    /** From the client: bytes of its standard input; none means its end. */
    INPUT,
    /** From the client: the new size of its window, {@link #size}. */
    SIZE,
    /** From the node: bytes for standard output. */
    OUTPUT,
    /** From the node: bytes for standard error. */
    ERROR,
    /** Last from the node: the exit status, {@link #exit}. */
    EXIT
  }

  /**
   * The end of a command.
   *
   * @param status its exit status, 0 to 255
   */
  public static Frame exit(int status) {
    return new Frame(Type.EXIT, ByteBuffer.allocate(Integer.BYTES).putInt(status).array());
  }

  /**
   * A window's size.
   *
   * @param columns its width in characters
   * @param lines its height in characters
   */
  public static Frame size(int columns, int lines) {
    return new Frame(
        Type.SIZE, ByteBuffer.allocate(2 * Integer.BYTES).putInt(columns).putInt(lines).array());
  }

  /**
   * A number of the content.
   *
   * @param index 0 for the exit status or the columns, 1 for the lines
   * @throws IOException if the content is too short
   */
  public int number(int index) throws IOException {
    if (content.length < (index + 1) * Integer.BYTES) {
      throw new IOException("frame " + type + " is too short");
    }
    return ByteBuffer.wrap(content).getInt(index * Integer.BYTES);
  }

  /**
   * Writes this frame whole; blocks until the other side took it. One thread at a time.
   *
   * @param channel a blocking channel
   * @throws IOException if the other side is gone
   */
  public void writeTo(WritableByteChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + content.length);
    bytes.put((byte) type.ordinal()).putInt(content.length).put(content).flip();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Reads the next frame; blocks until it is there. One thread at a time.
   *
   * @param channel a blocking channel
   * @return the frame, or null if the other side ended between two frames
   * @throws IOException if the other side broke off inside a frame, or does not speak this protocol
   */
  public static Frame readFrom(ReadableByteChannel channel) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    if (channel.read(head) < 0) {
      return null;
    }
    fill(channel, head);
    int type = head.get();
    int length = head.getInt();
    if (type < 0 || type >= Type.values().length || length < 0 || length > MAX_LENGTH) {
      throw new IOException("not a frame: type " + type + ", length " + length);
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    fill(channel, content);
    return new Frame(Type.values()[type], content.array());
  }

  private static void fill(ReadableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("the other side broke off inside a frame");
      }
    }
    bytes.flip();
  }
}
