package org.kiban.storage.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import javax.crypto.AEADBadTagException;

/**
 * One write to a segment: the appends that shared one fsync. It is whole on disk or not there.
 *
 * <p>On disk: magic (4), body length (4), entries (4), position of the first (8), nonce (12), CRC
 * of the body (4), CRC of the header so far (4), body, one byte 0xA5. The body is AES-GCM over the
 * chain hash before the frame (32) and each payload with its length (4); position and count are
 * authenticated with it. The last byte is never zero in a whole frame, so that a sector which never
 * reached the disk cannot be mistaken for one that did.
 *
 * @param offset of the frame in its segment
 * @param length of its body
 * @param count of its entries
 * @param position of its first entry
 * @param nonce of its body
 * @param crc of its body
 */
record Frame(long offset, int length, int count, long position, byte[] nonce, int crc) {

  static final int HEADER_BYTES = 40;
  static final int HASH_BYTES = 32;
  static final byte END = (byte) 0xa5;
  private static final int MAGIC = 0x4b464d31; // KFM1

  /** What a frame holds. */
  record Content(byte[] hashBefore, List<byte[]> payloads) {}

  /** The offset of what follows it. */
  long end() {
    return offset + HEADER_BYTES + length + 1;
  }

  /** The position of its last entry. */
  long last() {
    return position + count - 1;
  }

  /** Encodes a frame, ready to be written. */
  static ByteBuffer encode(
      SegmentCipher cipher, long position, byte[] hashBefore, List<byte[]> payloads) {
    int plainBytes = HASH_BYTES;
    for (byte[] payload : payloads) {
      plainBytes += 4 + payload.length;
    }
    ByteBuffer plain = ByteBuffer.allocate(plainBytes).put(hashBefore);
    for (byte[] payload : payloads) {
      plain.putInt(payload.length).put(payload);
    }
    int length = plainBytes + SegmentCipher.TAG_BYTES;
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + length + 1);
    byte[] nonce = cipher.nonce();
    out.putInt(MAGIC).putInt(length).putInt(payloads.size()).putLong(position).put(nonce);
    out.position(HEADER_BYTES);
    cipher.encrypt(nonce, aad(position, payloads.size()), plain.flip(), out);
    out.put(END);
    out.putInt(32, crc(out.array(), HEADER_BYTES, length));
    out.putInt(36, crc(out.array(), 0, 36));
    return out.flip();
  }

  /** Reads a header out of bytes, or returns null if there is none at this place. */
  static Frame decode(byte[] bytes, int at, long offset) {
    if (bytes.length - at < HEADER_BYTES) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, at, HEADER_BYTES);
    if (in.getInt() != MAGIC || in.getInt(at + 36) != crc(bytes, at, 36)) {
      return null;
    }
    int length = in.getInt();
    int count = in.getInt();
    long position = in.getLong();
    byte[] nonce = new byte[SegmentCipher.NONCE_BYTES];
    in.get(nonce);
    return new Frame(offset, length, count, position, nonce, in.getInt());
  }

  /**
   * Decrypts its body.
   *
   * @param body its bytes, or fewer if the file ends before
   * @throws DamagedException if they are not the ones written
   */
  Content open(SegmentCipher cipher, byte[] body) throws DamagedException {
    if (body.length != length || crc(body, 0, length) != crc) {
      throw new DamagedException(position, "checksum of the body is wrong");
    }
    try {
      ByteBuffer plain = ByteBuffer.wrap(cipher.decrypt(nonce, aad(position, count), body));
      byte[] hashBefore = new byte[HASH_BYTES];
      plain.get(hashBefore);
      List<byte[]> payloads = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        byte[] payload = new byte[plain.getInt()];
        plain.get(payload);
        payloads.add(payload);
      }
      return new Content(hashBefore, payloads);
    } catch (AEADBadTagException e) {
      throw new DamagedException(position, "the body was not written by this journal");
    }
  }

  private static byte[] aad(long position, int count) {
    return ByteBuffer.allocate(12).putLong(position).putInt(count).array();
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
