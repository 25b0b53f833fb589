package org.kiban.addon.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a zip file's central directory and holds every local header to it. What the formats allow
 * and readers see differently is refused: bytes outside entries, entries that overlap, second names
 * in extra fields, links, encryption, zip64, comments, several disks. Used by one thread.
 */
final class ZipDirectory {

  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int ZIP64_LOCATOR = 0x07064b50;
  private static final int ZIP64_LOCATOR_LENGTH = 20;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_LENGTH = 46;
  private static final int LONGEST_DIRECTORY = 32 << 20;

  private final String place;
  private final Bytes bytes;
  private final Budget budget;
  private final ZipNames names = new ZipNames();

  ZipDirectory(String place, Bytes bytes, Budget budget) {
    this.place = place;
    this.bytes = bytes;
    this.budget = budget;
  }

  /** The entries in the order in which they lie in the file. */
  List<ZipMember> readMembers() throws IOException {
    ByteBuffer end = end();
    int count = end.getShort(10) & 0xffff;
    long length = end.getInt(12) & 0xffffffffL;
    long start = end.getInt(16) & 0xffffffffL;
    long at = bytes.size() - END_LENGTH;
    if (count == 0xffff || length == 0xffffffffL || start == 0xffffffffL || zip64(at)) {
      throw PackMessage.UNSUPPORTED.refuse(where(), Why.of("zip64"));
    }
    if (end.getShort(4) != 0 || end.getShort(6) != 0 || end.getShort(8) != end.getShort(10)) {
      throw PackMessage.UNSUPPORTED.refuse(where(), Why.of("several disks", "複数ディスク"));
    }
    if (start + length != at) {
      throw PackMessage.HIDDEN_BYTES.refuse(where(), Math.min(start + length, at));
    }
    if (length > LONGEST_DIRECTORY) {
      throw PackMessage.TOO_LARGE.refuse(where(), LONGEST_DIRECTORY + " bytes of directory");
    }
    budget.takeEntries(where(), count);
    List<ZipHeader> headers = central(start, (int) length, count);
    headers.sort(Comparator.comparingLong(ZipHeader::offset));
    return locals(headers, start);
  }

  private String where() {
    return place.isEmpty() ? "kar" : place;
  }

  private ByteBuffer end() throws IOException {
    if (bytes.size() < END_LENGTH) {
      throw notAZip("it is too short", "短すぎます");
    }
    ByteBuffer end = read(bytes.size() - END_LENGTH, END_LENGTH);
    if (end.getInt(0) == END && end.getShort(20) == 0) {
      return end;
    }
    int tail = (int) Math.min(bytes.size(), END_LENGTH + 0xffff);
    ByteBuffer last = read(bytes.size() - tail, tail);
    for (int i = tail - END_LENGTH; i >= 0; i--) {
      if (last.getInt(i) == END) {
        throw PackMessage.HIDDEN_BYTES.refuse(where(), bytes.size() - tail + i + END_LENGTH);
      }
    }
    throw notAZip("it has no directory", "ディレクトリがありません");
  }

  private boolean zip64(long end) throws IOException {
    return end >= ZIP64_LOCATOR_LENGTH
        && read(end - ZIP64_LOCATOR_LENGTH, ZIP64_LOCATOR_LENGTH).getInt(0) == ZIP64_LOCATOR;
  }

  private List<ZipHeader> central(long start, int length, int count) throws IOException {
    ByteBuffer all = read(start, length);
    List<ZipHeader> headers = new ArrayList<>();
    int at = 0;
    while (at < length) {
      if (length - at < CENTRAL_LENGTH || all.getInt(at) != CENTRAL) {
        throw notAZip("its directory is damaged", "ディレクトリが壊れています");
      }
      int nameLength = all.getShort(at + 28) & 0xffff;
      int extraLength = all.getShort(at + 30) & 0xffff;
      int commentLength = all.getShort(at + 32) & 0xffff;
      int next = at + CENTRAL_LENGTH + nameLength + extraLength + commentLength;
      if (next > length) {
        throw notAZip("its directory is damaged", "ディレクトリが壊れています");
      }
      byte[] name =
          Arrays.copyOfRange(all.array(), at + CENTRAL_LENGTH, next - extraLength - commentLength);
      byte[] extra =
          Arrays.copyOfRange(all.array(), next - extraLength - commentLength, next - commentLength);
      headers.add(header(all, at, name, extra, commentLength));
      at = next;
    }
    if (headers.size() != count) {
      throw notAZip("its directory has another number of entries than it says", "エントリ数が記載と違います");
    }
    return headers;
  }

  private ZipHeader header(ByteBuffer all, int at, byte[] name, byte[] extra, int comment) {
    String text = name(name, all.getShort(at + 8));
    ZipHeader header = ZipHeader.central(shown(text), text, name, all, at);
    if (comment != 0) {
      throw PackMessage.UNSUPPORTED.refuse(shown(text), Why.of("a comment", "コメント"));
    }
    header.checkCentral(extra, all.getShort(at + 34), all.getInt(at + 38));
    names.add(text);
    return header;
  }

  private String name(byte[] name, int flags) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException e) {
      text = null;
    }
    boolean ascii = text != null && text.length() == name.length;
    if (text == null || !ascii && (flags & ZipHeader.UTF8) == 0) {
      throw PackMessage.WRONG_NAME.refuse(
          shown(new String(name, StandardCharsets.ISO_8859_1)),
          Why.of("not UTF-8", "UTF-8 ではありません"));
    }
    return text;
  }

  private String shown(String name) {
    return place.isEmpty() ? name : place + "!/" + name;
  }

  /**
   * Each entry begins where the one before ends, the first at 0, the last ends at the directory.
   */
  private List<ZipMember> locals(List<ZipHeader> headers, long directory) throws IOException {
    List<ZipMember> members = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < headers.size(); i++) {
      ZipHeader header = headers.get(i);
      if (header.offset() < at) {
        throw notAZip("entries overlap: " + header.shown(), "エントリが重なっています: " + header.shown());
      }
      if (header.offset() > at) {
        throw PackMessage.HIDDEN_BYTES.refuse(where(), at);
      }
      long next = i + 1 < headers.size() ? headers.get(i + 1).offset() : directory;
      long data = header.compareWithLocal(bytes);
      long after = data + header.packed();
      if (after > next) {
        throw notAZip("entries overlap: " + header.shown(), "エントリが重なっています: " + header.shown());
      }
      at = header.endWithDescriptor(bytes, after, next);
      members.add(header.member(data));
    }
    if (at != directory) {
      throw PackMessage.HIDDEN_BYTES.refuse(where(), at);
    }
    return List.copyOf(members);
  }

  private ByteBuffer read(long offset, int length) throws IOException {
    return ByteBuffer.wrap(bytes.read(offset, length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private RuntimeException notAZip(String en, String ja) {
    return PackMessage.NOT_A_ZIP.refuse(where(), Why.of(en, ja));
  }
}
