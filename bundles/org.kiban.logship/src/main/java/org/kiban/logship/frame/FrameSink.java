package org.kiban.logship.frame;

import java.io.IOException;
import java.util.List;

/** Takes frames and knows how far it has each lane. Safe for any thread. */
public interface FrameSink {

  /** What became of a frame. */
  enum Fate {
    /** It is durable now. */
    STORED,
    /** It was durable before; nothing was stored. */
    KNOWN,
    /** It does not begin where its lane ends. */
    OUT_OF_PLACE,
    /** There is no room for it now. */
    FULL
  }

  /**
   * How far this has a lane, durably; {@link Mark#START} if it has nothing of it.
   *
   * @throws IOException if it cannot tell
   */
  Mark mark(Lane lane) throws IOException;

  /**
   * Takes frames in order; those that are stored survive a power cut when this returns.
   *
   * @return the fate of each; after one that was not stored, the later ones of its lane are not
   *     either
   * @throws IOException if it is not certain that they are durable; none of them counts
   */
  List<Fate> store(List<Frame> frames) throws IOException;
}
