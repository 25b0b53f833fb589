package org.kiban.logship.destination;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.kiban.logship.frame.Frame;
import org.kiban.logship.frame.Lane;
import org.kiban.logship.frame.Mark;
import org.kiban.logship.ship.Chain;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.ship.SourceId;

/** Segments as frames of the kind {@code log}, and back. The two count and chain alike. */
public final class SegmentFrames {

  /** The kind of their lanes. */
  public static final String KIND = "log";

  private static final int SAME_AS_BODY = -1;

  private SegmentFrames() {}

  /** The lane of a source. */
  public static Lane lane(Origin origin, String ownNode) {
    return new Lane(KIND, Whence.of(origin, ownNode).node(), origin.id().value());
  }

  /**
   * Packs a segment.
   *
   * @param ownNode this node's name
   */
  public static Frame pack(Segment segment, String ownNode) {
    return Frame.pack(
        lane(segment.origin(), ownNode),
        mark(segment.before()),
        mark(segment.after()),
        meta(segment, Whence.of(segment.origin(), ownNode)),
        segment.body());
  }

  /**
   * Unpacks a frame of that kind.
   *
   * @throws IOException if it is damaged
   */
  public static Segment unpack(Frame frame) throws IOException {
    Frame.Content content = frame.unpack();
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(content.raw(), 0, content.metaBytes()))) {
      String source = in.readUTF();
      String name = in.readUTF();
      Instant born = Instant.ofEpochSecond(in.readLong(), in.readInt());
      Segment.Form form = Segment.Form.values()[in.readUnsignedByte()];
      int[] offsets = offsets(in);
      byte[] body = new byte[content.body().remaining()];
      content.body().get(body);
      return new Segment(
          new Origin(
              new SourceId(frame.lane().key()),
              new Whence(frame.lane().origin(), source).received(),
              name,
              born),
          position(frame.before()),
          frame.after().offset(),
          (int) (frame.after().count() - frame.before().count()),
          form,
          body,
          body.length,
          offsets);
    } catch (RuntimeException e) {
      throw new IOException("a frame holds no segment", e);
    }
  }

  /** A position as a mark. */
  public static Mark mark(Position position) {
    return new Mark(position.offset(), position.events(), position.chain().bytes());
  }

  /** A mark as a position. */
  public static Position position(Mark mark) {
    return new Position(mark.offset(), mark.count(), Chain.of(mark.chain()));
  }

  private static byte[] meta(Segment segment, Whence whence) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      Origin origin = segment.origin();
      out.writeUTF(whence.source());
      out.writeUTF(origin.name());
      out.writeLong(origin.born().getEpochSecond());
      out.writeInt(origin.born().getNano());
      out.writeByte(segment.form().ordinal());
      int[] offsets = segment.offsets();
      out.writeInt(offsets == null ? SAME_AS_BODY : segment.events());
      for (int i = 0; offsets != null && i < segment.events(); i++) {
        out.writeInt(offsets[i]);
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static int[] offsets(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count == SAME_AS_BODY) {
      return null;
    }
    if (count < 0 || count > in.available() / Integer.BYTES) {
      throw new IOException("a frame's offsets are cut");
    }
    int[] offsets = new int[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = in.readInt();
    }
    return offsets;
  }
}
