package org.kiban.addon.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip file that every reader takes for the same: what {@link ZipDirectory} let pass. Used by one
 * thread.
 */
final class ZipArchive {

  private static final int CHUNK = 64 * 1024;

  private final String place;
  private final Bytes bytes;
  private final Budget budget;
  private final List<ZipMember> members;
  private final Map<String, ZipMember> byName = new HashMap<>();

  private ZipArchive(String place, Bytes bytes, Budget budget, List<ZipMember> members) {
    this.place = place;
    this.bytes = bytes;
    this.budget = budget;
    this.members = members;
    members.forEach(m -> byName.put(m.name(), m));
  }

  /**
   * Reads the directory and compares it with all local headers; unpacks nothing.
   *
   * @param place what to call it in messages
   * @throws org.kiban.core.KibanException if readers could disagree on it, or it is too large
   */
  static ZipArchive open(String place, Bytes bytes, Budget budget) throws IOException {
    return new ZipArchive(
        place, bytes, budget, new ZipDirectory(place, bytes, budget).readMembers());
  }

  List<ZipMember> members() {
    return members;
  }

  Optional<ZipMember> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The name of an entry in messages. */
  String shown(ZipMember member) {
    return place.isEmpty() ? member.name() : place + "!/" + member.name();
  }

  /** Unpacks into memory. */
  byte[] content(ZipMember member) throws IOException {
    budget.check(shown(member), member.packed(), member.size());
    // As large as it may be told to become, if that is no lie: then nothing is copied.
    long most = Math.min(member.size(), Math.max(Limits.SMALL, member.packed()));
    Content content = new Content((int) Math.min(most, Integer.MAX_VALUE / 2));
    unpack(member, content);
    return content.bytes();
  }

  /** Gives its buffer away if it is exactly full. */
  private static final class Content extends ByteArrayOutputStream {
    Content(int size) {
      super(size);
    }

    byte[] bytes() {
      return count == buf.length ? buf : toByteArray();
    }
  }

  /** Unpacks; stops at the first byte more than the headers say. */
  void unpack(ZipMember member, OutputStream to) throws IOException {
    budget.take(shown(member), member.packed(), member.size());
    Checked checked = new Checked(member, to);
    if (member.method() == ZipMember.STORED) {
      for (long done = 0; done < member.packed(); done += CHUNK) {
        byte[] chunk =
            bytes.read(member.at() + done, (int) Math.min(CHUNK, member.packed() - done));
        checked.write(chunk, chunk.length);
      }
    } else {
      inflate(member, checked);
    }
    checked.finish();
  }

  private void inflate(ZipMember member, Checked to) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      byte[] out = new byte[CHUNK];
      long fed = 0;
      while (!inflater.finished()) {
        int count = inflater.inflate(out);
        to.write(out, count);
        if (count == 0 && !inflater.finished()) {
          if (!inflater.needsInput() || fed == member.packed()) {
            throw damaged(member, "it ends too early", "途中で終わっています");
          }
          int length = (int) Math.min(CHUNK, member.packed() - fed);
          inflater.setInput(bytes.read(member.at() + fed, length));
          fed += length;
        }
      }
      if (inflater.getBytesRead() != member.packed()) {
        throw PackMessage.HIDDEN_BYTES.refuse(shown(member), member.at() + inflater.getBytesRead());
      }
    } catch (DataFormatException e) {
      throw damaged(member, "it does not unpack", "展開できません");
    } finally {
      inflater.end();
    }
  }

  private RuntimeException damaged(ZipMember member, String en, String ja) {
    return PackMessage.DAMAGED.refuse(shown(member), Why.of(en, ja));
  }

  /** Counts and sums up what is written. */
  private final class Checked {
    private final ZipMember member;
    private final OutputStream to;
    private final CRC32 crc = new CRC32();
    private long size;

    Checked(ZipMember member, OutputStream to) {
      this.member = member;
      this.to = to;
    }

    void write(byte[] chunk, int length) throws IOException {
      size += length;
      if (size > member.size()) {
        throw damaged(member, "longer than its header says", "ヘッダより長い内容です");
      }
      crc.update(chunk, 0, length);
      to.write(chunk, 0, length);
    }

    void finish() {
      if (size != member.size()) {
        throw damaged(member, "shorter than its header says", "ヘッダより短い内容です");
      }
      if (crc.getValue() != member.crc()) {
        throw damaged(member, "its checksum does not match", "チェックサムが一致しません");
      }
    }
  }
}
