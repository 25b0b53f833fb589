package org.kiban.control;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Drops colours and other escape sequences, which are noise where there is no terminal. */
final class PlainText extends FilterOutputStream {

  private static final int ESCAPE = 0x1b;

  private enum State {
    TEXT,
    ESCAPED,
    SEQUENCE
  }

  private State state = State.TEXT;

  PlainText(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    switch (state) {
      case TEXT -> {
        if (b == ESCAPE) {
          state = State.ESCAPED;
        } else {
          out.write(b);
        }
      }
      case ESCAPED -> state = b == '[' ? State.SEQUENCE : State.TEXT;
      case SEQUENCE -> state = b >= '@' && b <= '~' ? State.TEXT : State.SEQUENCE;
      default -> throw new IllegalStateException(state.name());
    }
  }
}
