package org.kiban.logship.ship;

import java.nio.ByteBuffer;

/**
 * Some consecutive events of one source, masked, as they are sent. Immutable as long as nobody
 * writes into the array that it was made of. Safe for any thread.
 *
 * <p>The body is UTF-8, and each event is one line that ends with a line feed. Plain events are the
 * source's own lines (bytes that are no UTF-8 stay as they are; a carriage return stays). Documents
 * are objects of JSON: {@code message}, {@code @timestamp} (ISO 8601, UTC) if the event has a time,
 * {@code fields} if it was taken apart, {@code unparsed} with the reason if that did not work.
 */
public final class Segment {

  /** What each line of the body is. */
  public enum Form {
    /** A line as it was written. */
    PLAIN,
    /** An object of JSON. */
    DOCUMENT
  }

  /** Receives events in order. */
  @FunctionalInterface
  public interface Reader<X extends Exception> {
    /**
     * @param offset where the event begins in the source, in bytes; with the identity it names the
     *     event for good
     * @param body the body's array, to be read only
     * @param start where the line begins in it
     * @param length of the line without its line feed
     * @throws X whatever the reader throws
     */
    void accept(long offset, byte[] body, int start, int length) throws X;
  }

  private final Origin origin;
  private final Position before;
  private final Position after;
  private final Form form;
  private final byte[] body;
  private final int length;
  private final int[] offsets;

  /**
   * @param origin whose events
   * @param before where they begin
   * @param to where they end in the source
   * @param events how many lines the body has
   * @param form what they are
   * @param body the lines; kept, not copied
   * @param length how much of the array they take
   * @param offsets where each event begins in the source, from the segment's beginning; null if
   *     each begins in the source where it begins in the body
   */
  public Segment(
      Origin origin,
      Position before,
      long to,
      int events,
      Form form,
      byte[] body,
      int length,
      int[] offsets) {
    this.origin = origin;
    this.before = before;
    this.form = form;
    this.body = body;
    this.length = length;
    this.offsets = offsets;
    this.after =
        new Position(
            to,
            before.events() + events,
            before.chain().next(origin.id(), before.offset(), to, events, body()));
  }

  /** Whose events. */
  public Origin origin() {
    return origin;
  }

  /** What the receiver must have before it takes this segment. */
  public Position before() {
    return before;
  }

  /** What the receiver has after it took it. */
  public Position after() {
    return after;
  }

  /** How many events. */
  public int events() {
    return (int) (after.events() - before.events());
  }

  /** What the lines are. */
  public Form form() {
    return form;
  }

  /** The lines, read-only. */
  public ByteBuffer body() {
    return ByteBuffer.wrap(body, 0, length).asReadOnlyBuffer();
  }

  /**
   * Where each event begins in the source, from the segment's beginning; null if each begins in the
   * source where it begins in the body. Read-only.
   */
  public int[] offsets() {
    return offsets;
  }

  /** Hands out each event, without copying. */
  public <X extends Exception> void forEach(Reader<X> reader) throws X {
    int start = 0;
    for (int i = 0; start < length; i++) {
      int end = start;
      while (body[end] != '\n') {
        end++;
      }
      reader.accept(
          before.offset() + (offsets == null ? start : offsets[i]), body, start, end - start);
      start = end + 1;
    }
  }
}
