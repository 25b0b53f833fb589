package org.kiban.addon.pack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip files byte by byte, right ones and every kind of wrong one. */
final class RawZip {

  final List<Part> parts = new ArrayList<>();
  byte[] prefix = new byte[0];
  byte[] beforeDirectory = new byte[0];
  byte[] beforeEnd = new byte[0];
  byte[] suffix = new byte[0];
  byte[] comment = new byte[0];
  int countLie;
  int disk;
  boolean shiftOffsets;

  /** An entry; what it says in the two headers can differ. */
  static final class Part {
    byte[] name;
    byte[] localName;
    byte[] data;
    byte[] extra = new byte[0];
    byte[] localExtra = new byte[0];
    byte[] comment = new byte[0];
    byte[] descriptor = new byte[0];
    byte[] gap = new byte[0];
    int version = 20;
    int flags;
    int localFlags = -1;
    int method;
    int localMethod = -1;
    long crc;
    long localCrc = -1;
    long packed;
    long size;
    long localSize = -1;
    int attributes;
    int madeBy;
    boolean hidden;
    Part sameDataAs;
    long offset;
  }

  static RawZip of(java.util.Map<String, byte[]> files) {
    RawZip zip = new RawZip();
    files.forEach(zip::store);
    return zip;
  }

  Part store(String name, byte[] content) {
    Part part = new Part();
    part.name = name.getBytes(StandardCharsets.UTF_8);
    part.flags = part.name.length == name.length() ? 0 : 1 << 11;
    part.data = content;
    part.packed = content.length;
    part.size = content.length;
    CRC32 crc = new CRC32();
    crc.update(content);
    part.crc = crc.getValue();
    parts.add(part);
    return part;
  }

  Part deflate(String name, byte[] content) {
    Part part = store(name, content);
    part.method = 8;
    part.data = deflated(content);
    part.packed = part.data.length;
    return part;
  }

  static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chunk = new byte[65536];
    while (!deflater.finished()) {
      out.write(chunk, 0, deflater.deflate(chunk));
    }
    deflater.end();
    return out.toByteArray();
  }

  Part find(String name) {
    return parts.stream()
        .filter(p -> new String(p.name, StandardCharsets.UTF_8).equals(name))
        .findFirst()
        .orElseThrow();
  }

  byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(prefix);
    int shift = shiftOffsets ? 0 : prefix.length;
    for (Part part : parts) {
      if (part.sameDataAs != null) {
        part.offset = part.sameDataAs.offset;
        continue;
      }
      part.offset = out.size() - prefix.length + shift;
      out.writeBytes(local(part));
      out.writeBytes(part.data);
      out.writeBytes(part.descriptor);
      out.writeBytes(part.gap);
    }
    out.writeBytes(beforeDirectory);
    int directory = out.size() - prefix.length + shift;
    int count = 0;
    int begin = out.size();
    for (Part part : parts) {
      if (!part.hidden) {
        out.writeBytes(central(part));
        count++;
      }
    }
    int length = out.size() - begin;
    out.writeBytes(beforeEnd);
    ByteBuffer end = little(22 + comment.length);
    end.putInt(0x06054b50).putShort((short) disk).putShort((short) 0);
    end.putShort((short) (count + countLie)).putShort((short) (count + countLie));
    end.putInt(length).putInt(directory).putShort((short) comment.length).put(comment);
    out.writeBytes(end.array());
    out.writeBytes(suffix);
    return out.toByteArray();
  }

  private static byte[] local(Part part) {
    byte[] name = part.localName == null ? part.name : part.localName;
    ByteBuffer header = little(30 + name.length + part.localExtra.length);
    boolean later = part.descriptor.length > 0;
    header.putInt(0x04034b50).putShort((short) part.version);
    header.putShort((short) (part.localFlags < 0 ? part.flags : part.localFlags));
    header.putShort((short) (part.localMethod < 0 ? part.method : part.localMethod));
    header.putInt(0x00210000);
    header.putInt(later ? 0 : (int) (part.localCrc < 0 ? part.crc : part.localCrc));
    header.putInt(later ? 0 : (int) part.packed);
    header.putInt(later ? 0 : (int) (part.localSize < 0 ? part.size : part.localSize));
    header.putShort((short) name.length).putShort((short) part.localExtra.length);
    return header.put(name).put(part.localExtra).array();
  }

  private static byte[] central(Part part) {
    ByteBuffer header = little(46 + part.name.length + part.extra.length + part.comment.length);
    header.putInt(0x02014b50).putShort((short) (part.madeBy << 8 | part.version));
    header.putShort((short) part.version).putShort((short) part.flags);
    header.putShort((short) part.method).putInt(0x00210000);
    header.putInt((int) part.crc).putInt((int) part.packed).putInt((int) part.size);
    header.putShort((short) part.name.length).putShort((short) part.extra.length);
    header.putShort((short) part.comment.length).putShort((short) 0).putShort((short) 0);
    header.putInt(part.attributes).putInt((int) part.offset);
    return header.put(part.name).put(part.extra).put(part.comment).array();
  }

  static byte[] field(int id, byte[] content) {
    return little(4 + content.length)
        .putShort((short) id)
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
