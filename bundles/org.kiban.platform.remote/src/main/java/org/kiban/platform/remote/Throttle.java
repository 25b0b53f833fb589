package org.kiban.platform.remote;

import java.io.IOException;

/** Holds back who sends or receives too fast. Safe for several threads. */
@FunctionalInterface
public interface Throttle {

  /** The most that is asked for at a time, so that a slow line still flows evenly. */
  int SLICE = 32 * 1024;

  /** Returns when so many bytes, at most {@link #SLICE}, may go over the line. */
  void take(int bytes) throws IOException;
}
