package org.kiban.logship.frame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kiban.core.storage.Journal;

/**
 * The entries of one journal of a store: first how far each lane was when it began, then frames. So
 * a volume says all by itself where every lane stands, and older ones can be thrown away.
 */
final class Volume {

  private static final byte MARKS = 'M';
  private static final byte FRAME = 'F';

  private Volume() {}

  /** Takes what a volume holds, in order. */
  interface Visitor {
    /** How far the lanes were. */
    void marks(Map<Lane, Mark> marks);

    /**
     * One frame.
     *
     * @param position of its entry
     */
    void frame(long position, Frame frame) throws IOException;
  }

  static byte[] entry(Frame frame) {
    byte[] encoded = frame.encode();
    byte[] entry = new byte[encoded.length + 1];
    entry[0] = FRAME;
    System.arraycopy(encoded, 0, entry, 1, encoded.length);
    return entry;
  }

  static byte[] entry(Map<Lane, Mark> marks) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(MARKS);
      out.writeInt(marks.size());
      for (Map.Entry<Lane, Mark> e : marks.entrySet()) {
        out.writeUTF(e.getKey().kind());
        out.writeUTF(e.getKey().origin());
        out.writeUTF(e.getKey().key());
        e.getValue().write(out);
      }
    }
    return bytes.toByteArray();
  }

  static void read(Journal journal, long from, Visitor visitor) throws IOException {
    journal.read(from, entry -> visit(entry, visitor));
  }

  private static void visit(Journal.Entry entry, Visitor visitor) throws IOException {
    byte[] bytes = entry.payload();
    switch (bytes[0]) {
      case FRAME ->
          visitor.frame(
              entry.position(), Frame.decode(java.util.Arrays.copyOfRange(bytes, 1, bytes.length)));
      case MARKS -> visitor.marks(marks(bytes));
      default -> throw new IOException("an entry of an unknown kind: " + bytes[0]);
    }
  }

  private static Map<Lane, Mark> marks(byte[] bytes) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1))) {
      Map<Lane, Mark> marks = new LinkedHashMap<>();
      for (int n = in.readInt(); n > 0; n--) {
        marks.put(new Lane(in.readUTF(), in.readUTF(), in.readUTF()), Mark.read(in));
      }
      return marks;
    }
  }
}
