package org.kiban.logship.frame;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A stretch of a lane as it travels and as it is stored; docs/reference/frames.md has the bytes.
 * What it holds is compressed and knows nothing of this layer. Immutable as long as nobody writes
 * into its arrays.
 *
 * @param lane whose stretch
 * @param before where it begins
 * @param after where it ends, with the chain over its body
 * @param metaBytes how many of the unpacked bytes come before the body
 * @param rawBytes how many bytes unpacked
 * @param packed the bytes, compressed with zstd
 */
public record Frame(
    Lane lane, Mark before, Mark after, int metaBytes, int rawBytes, byte[] packed) {

  /** The most that a frame holds, unpacked. */
  public static final int MOST_BYTES = 8 << 20;

  private static final int LEVEL = 1;
  private static final int VERSION = 1;

  /**
   * What a frame holds.
   *
   * @param raw meta and then body
   * @param metaBytes how many bytes are meta
   */
  public record Content(byte[] raw, int metaBytes) {

    /** What the sender says about the body. */
    public ByteBuffer meta() {
      return ByteBuffer.wrap(raw, 0, metaBytes);
    }

    /** What the chain stands for. */
    public ByteBuffer body() {
      return ByteBuffer.wrap(raw, metaBytes, raw.length - metaBytes).slice();
    }
  }

  /**
   * Packs a stretch.
   *
   * @throws IllegalArgumentException if it is more than {@link #MOST_BYTES}
   */
  public static Frame pack(Lane lane, Mark before, Mark after, byte[] meta, ByteBuffer body) {
    int rawBytes = Math.addExact(meta.length, body.remaining());
    if (rawBytes > MOST_BYTES) {
      throw new IllegalArgumentException("a frame holds at most " + MOST_BYTES + " bytes");
    }
    byte[] raw = Arrays.copyOf(meta, rawBytes);
    body.duplicate().get(raw, meta.length, body.remaining());
    try (ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL)) {
      return new Frame(lane, before, after, meta.length, rawBytes, zstd.compress(raw));
    }
  }

  /**
   * Unpacks it and checks that it is what the chain says.
   *
   * @throws IOException if it is damaged or not of its form
   */
  public Content unpack() throws IOException {
    byte[] raw;
    try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
      raw = zstd.decompress(packed, rawBytes);
    } catch (ZstdException e) {
      throw new IOException("a frame cannot be unpacked: " + e.getMessage(), e);
    }
    Content content = new Content(raw, metaBytes);
    Mark computed =
        before.next(lane.key(), after.offset(), after.count() - before.count(), content.body());
    if (raw.length != rawBytes || !computed.equals(after)) {
      throw new IOException("a frame is not what its chain says");
    }
    return content;
  }

  /** The bytes of the wire and of the store. */
  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(packed.length + 512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(lane.kind());
      out.writeUTF(lane.origin());
      out.writeUTF(lane.key());
      before.write(out);
      after.write(out);
      out.writeInt(metaBytes);
      out.writeInt(rawBytes);
      out.writeInt(packed.length);
      out.write(packed);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads those bytes.
   *
   * @throws IOException if they are not of that form
   */
  static Frame decode(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException("a frame of version " + version + ", known is " + VERSION);
      }
      Lane lane = new Lane(in.readUTF(), in.readUTF(), in.readUTF());
      Mark before = Mark.read(in);
      Mark after = Mark.read(in);
      int metaBytes = in.readInt();
      int rawBytes = in.readInt();
      int length = in.readInt();
      if (after.offset() < before.offset()
          || after.count() < before.count()
          || before.offset() < 0
          || metaBytes < 0
          || rawBytes < metaBytes
          || rawBytes > MOST_BYTES
          || length != in.available()) {
        throw new IOException("a frame's numbers contradict each other");
      }
      return new Frame(lane, before, after, metaBytes, rawBytes, in.readAllBytes());
    } catch (IllegalArgumentException e) {
      throw new IOException("a frame names no lane: " + e.getMessage(), e);
    }
  }
}
