package org.kiban.logship.flow;

import java.util.Arrays;

/** Where a thread reads into. What is much is handed on as it is; little is copied. */
final class Scratch {

  /** Small enough to be no special object for the collector, large enough for the network. */
  static final int MOST = (1 << 19) - 64;

  private static final int LITTLE = 1 << 16;

  private byte[] bytes = new byte[MOST + 1];

  byte[] bytes() {
    return bytes;
  }

  /** The bytes that were read, with room for one more; from now on somebody else's. */
  byte[] take(int count) {
    if (count < LITTLE) {
      return Arrays.copyOf(bytes, count + 1);
    }
    byte[] full = bytes;
    bytes = new byte[MOST + 1];
    return full;
  }
}
