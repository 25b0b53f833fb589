package org.kiban.backup.repository;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.kiban.backup.backend.Backend;

/** The end of a pack, which tells what is in it. */
final class PackHeader {

  private static final int MAXIMUM = 16 * 1024 * 1024;

  private PackHeader() {}

  static byte[] encode(List<PackedBlob> blobs) {
    ByteBuffer out =
        ByteBuffer.allocate(blobs.stream().mapToInt(PackedBlob::headerSize).sum())
            .order(ByteOrder.LITTLE_ENDIAN);
    for (PackedBlob blob : blobs) {
      out.put((byte) (blob.type().ordinal() + (blob.plain() < 0 ? 0 : 2)));
      out.putInt(blob.length());
      if (blob.plain() >= 0) {
        out.putInt(blob.plain());
      }
      out.order(ByteOrder.BIG_ENDIAN);
      blob.id().put(out);
      out.order(ByteOrder.LITTLE_ENDIAN);
    }
    return out.array();
  }

  /** Reads the header of a stored pack. */
  static List<PackedBlob> read(Backend backend, Envelope envelope, Backend.Entry pack)
      throws IOException {
    String file = Backend.Kind.PACK.path(pack.name());
    try {
      byte[] end = new byte[4];
      if (pack.size() < 4) {
        throw new DamagedException(file, "only " + pack.size() + " bytes");
      }
      backend.load(Backend.Kind.PACK, pack.name(), pack.size() - 4, end, 4);
      int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (length < Envelope.OVERHEAD || length > Math.min(MAXIMUM, pack.size() - 4)) {
        throw new DamagedException(file, "the length of its header is wrong");
      }
      byte[] sealed = new byte[length];
      long at = pack.size() - 4 - length;
      backend.load(Backend.Kind.PACK, pack.name(), at, sealed, length);
      return decode(envelope.open(sealed, file), at, file);
    } catch (EOFException e) {
      throw new DamagedException(file, "is cut short");
    }
  }

  /** Takes a header apart; the blobs must fill the pack up to it. */
  static List<PackedBlob> decode(byte[] header, long end, String file) throws DamagedException {
    List<PackedBlob> blobs = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(header);
    long offset = 0;
    while (in.hasRemaining()) {
      int type = in.get();
      if (type < 0 || type > 3 || in.remaining() < (type < 2 ? 36 : 40)) {
        throw new DamagedException(file, "its header is wrong");
      }
      in.order(ByteOrder.LITTLE_ENDIAN);
      int length = in.getInt();
      int plain = type < 2 ? -1 : in.getInt();
      Id id = Id.of(header, in.position());
      in.position(in.position() + Id.BYTES);
      blobs.add(new PackedBlob(BlobType.values()[type & 1], id, (int) offset, length, plain));
      offset += length & 0xffffffffL;
    }
    if (offset != end) {
      throw new DamagedException(file, "its header tells of " + offset + " bytes, not " + end);
    }
    return blobs;
  }
}
