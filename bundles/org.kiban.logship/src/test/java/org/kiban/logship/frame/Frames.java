package org.kiban.logship.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames for tests. */
final class Frames {

  private Frames() {}

  /** One line that follows a mark. */
  static Frame next(Lane lane, Mark before, String line) {
    byte[] body = line.getBytes(StandardCharsets.UTF_8);
    Mark after = before.next(lane.key(), before.offset() + body.length, 1, ByteBuffer.wrap(body));
    return Frame.pack(lane, before, after, new byte[] {7}, ByteBuffer.wrap(body));
  }

  static String body(Frame frame) throws IOException {
    return StandardCharsets.UTF_8.decode(frame.unpack().body()).toString();
  }
}
