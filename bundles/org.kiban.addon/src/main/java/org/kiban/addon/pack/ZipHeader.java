package org.kiban.addon.pack;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What the central directory says of an entry.
 *
 * @param shown its name in messages
 * @param name as stored
 * @param raw the bytes of the name
 * @param version needed to unpack
 * @param flags general purpose bits
 * @param method of packing
 * @param crc of the content
 * @param packed bytes in the file
 * @param size bytes of the content
 * @param offset of the local header
 */
record ZipHeader(
    String shown,
    String name,
    byte[] raw,
    int version,
    int flags,
    int method,
    long crc,
    long packed,
    long size,
    long offset) {

  static final int UTF8 = 1 << 11;
  private static final int ENCRYPTED = 1;
  private static final int DESCRIPTOR = 1 << 3;
  private static final int HOW_DEFLATED = 6;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
  private static final int VERSION_2 = 21;
  private static final long UNKNOWN = 0xffffffffL;

  static ZipHeader central(String shown, String name, byte[] raw, ByteBuffer all, int at) {
    return new ZipHeader(
        shown,
        name,
        raw,
        all.getShort(at + 6) & 0xff,
        all.getShort(at + 8) & 0xffff,
        all.getShort(at + 10) & 0xffff,
        all.getInt(at + 16) & UNKNOWN,
        all.getInt(at + 20) & UNKNOWN,
        all.getInt(at + 24) & UNKNOWN,
        all.getInt(at + 42) & UNKNOWN);
  }

  ZipMember member(long data) {
    return new ZipMember(name, method, crc, packed, size, data);
  }

  void checkCentral(byte[] extra, int disk, int attributes) {
    if ((flags & ENCRYPTED) != 0) {
      throw unsupported("encryption", "暗号化");
    }
    if ((flags & ~(DESCRIPTOR | HOW_DEFLATED | UTF8)) != 0) {
      throw unsupported("flags " + Integer.toHexString(flags), "フラグ " + Integer.toHexString(flags));
    }
    if (method != ZipMember.STORED && method != ZipMember.DEFLATED) {
      throw unsupported("compression method " + method, "圧縮方式 " + method);
    }
    if (method == ZipMember.STORED && (flags & DESCRIPTOR) != 0) {
      throw unsupported("a stored entry of unknown size", "サイズ不明の無圧縮エントリ");
    }
    if (packed == UNKNOWN || size == UNKNOWN || offset == UNKNOWN) {
      throw unsupported("zip64", "zip64");
    }
    if (version > VERSION_2) {
      throw unsupported("zip version " + version, "zip の版 " + version);
    }
    if (disk != 0) {
      throw unsupported("several disks", "複数ディスク");
    }
    checkExtra(extra);
    checkKind(attributes);
    if (method == ZipMember.STORED && packed != size || name.endsWith("/") && size != 0) {
      throw PackMessage.DAMAGED.refuse(shown, Why.of("its sizes are wrong", "サイズが誤りです"));
    }
  }

  /** A regular file or a folder, in the eyes of Unix and of DOS. */
  private void checkKind(int attributes) {
    int kind = attributes >>> 16 & 0170000;
    boolean folder = name.endsWith("/");
    boolean right = kind == 0 || kind == (folder ? 0040000 : 0100000);
    if (!right || (attributes & 0x08) != 0 || (attributes & 0x10) != 0 && !folder) {
      throw PackMessage.NOT_A_FILE.refuse(shown);
    }
  }

  /** Extra fields may hold times and the mark of jars, no sizes, names, links or keys. */
  private void checkExtra(byte[] extra) {
    ByteBuffer fields = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
    while (fields.hasRemaining()) {
      if (fields.remaining() < 4) {
        throw unsupported("a damaged extra field", "壊れた拡張フィールド");
      }
      int id = fields.getShort() & 0xffff;
      int length = fields.getShort() & 0xffff;
      boolean harmless = id == 0xcafe || id == 0x5455 || id == 0x7875 || id == 0x000a;
      if (!harmless || length > fields.remaining()) {
        throw unsupported(
            "extra field " + Integer.toHexString(id), "拡張フィールド " + Integer.toHexString(id));
      }
      fields.position(fields.position() + length);
    }
  }

  /** Compares the local header; returns where the content begins. */
  long compareWithLocal(Bytes bytes) throws IOException {
    try {
      ByteBuffer local = read(bytes, offset, LOCAL_LENGTH);
      int nameLength = local.getShort(26) & 0xffff;
      int extraLength = local.getShort(28) & 0xffff;
      hold(local.getInt(0) == LOCAL, "signature");
      hold((local.getShort(6) & 0xffff) == flags, "flags");
      hold((local.getShort(8) & 0xffff) == method, "method");
      hold(nameLength == raw.length, "name");
      hold(Arrays.equals(bytes.read(offset + LOCAL_LENGTH, nameLength), raw), "name");
      boolean later = (flags & DESCRIPTOR) != 0;
      hold(same(local.getInt(14), crc, later), "CRC");
      hold(same(local.getInt(18), packed, later), "packed size");
      hold(same(local.getInt(22), size, later), "size");
      checkExtra(bytes.read(offset + LOCAL_LENGTH + nameLength, extraLength));
      return offset + LOCAL_LENGTH + nameLength + extraLength;
    } catch (EOFException e) {
      throw PackMessage.NOT_A_ZIP.refuse(
          shown, Why.of("its header lies outside the file", "ヘッダがファイルの外にあります"));
    }
  }

  private static boolean same(int local, long central, boolean later) {
    return (local & UNKNOWN) == central || later && local == 0;
  }

  private void hold(boolean same, String field) {
    if (!same) {
      throw PackMessage.HEADERS_DIFFER.refuse(shown, Why.of(field));
    }
  }

  /**
   * Returns where the entry ends: behind the data descriptor, if it has one.
   *
   * @param after where its content ends
   * @param next where the next header begins
   */
  long endWithDescriptor(Bytes bytes, long after, long next) throws IOException {
    long gap = next - after;
    if ((flags & DESCRIPTOR) == 0) {
      return after;
    }
    hold(gap == 12 || gap == 16, "data descriptor");
    ByteBuffer descriptor = read(bytes, after, (int) gap);
    int at = (int) gap - 12;
    hold(at == 0 || descriptor.getInt(0) == DESCRIPTOR_SIGNATURE, "data descriptor");
    hold((descriptor.getInt(at) & UNKNOWN) == crc, "data descriptor");
    hold((descriptor.getInt(at + 4) & UNKNOWN) == packed, "data descriptor");
    hold((descriptor.getInt(at + 8) & UNKNOWN) == size, "data descriptor");
    return next;
  }

  private static ByteBuffer read(Bytes bytes, long offset, int length) throws IOException {
    return ByteBuffer.wrap(bytes.read(offset, length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private RuntimeException unsupported(String en, String ja) {
    return PackMessage.UNSUPPORTED.refuse(shown, Why.of(en, ja));
  }
}
