package org.kiban.control;

import java.io.IOException;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.kiban.control.api.Frame;
import org.kiban.control.api.Request;

/** A client as its command sees it: what it asked for, its input and its outputs. */
final class Client {

  private final Request request;
  private final Incoming in;
  private final Outgoing out;
  private volatile BiConsumer<Integer, Integer> resized = (columns, lines) -> {};

  Client(Request request, Incoming in, Outgoing out) {
    this.request = request;
    this.in = in;
    this.out = out;
  }

  Request request() {
    return request;
  }

  Incoming in() {
    return in;
  }

  Outgoing out() {
    return out;
  }

  /**
   * Calls back with columns and lines when the client's window changes.
   *
   * @param listener replaces the one before
   */
  void onResize(BiConsumer<Integer, Integer> listener) {
    resized = listener;
  }

  /** Takes a frame that the client sent after its request; ignores what a client never sends. */
  void accept(Frame frame) throws IOException {
    if (frame.type() == Frame.Type.INPUT) {
      in.feed(frame.content());
    } else if (frame.type() == Frame.Type.SIZE) {
      resized.accept(frame.number(0), frame.number(1));
    }
  }

  /** The operator's language, or the node's if the client does not say. */
  Locale locale() {
    String language = request.environment().getOrDefault("KIBAN_LANG", "");
    if (language.isBlank()) {
      return Locale.getDefault();
    }
    return language.startsWith("ja") ? Locale.JAPANESE : Locale.ENGLISH;
  }
}
