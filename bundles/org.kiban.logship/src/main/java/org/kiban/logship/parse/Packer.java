package org.kiban.logship.parse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.kiban.logship.mask.Mask;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;

/**
 * Makes segments of the bytes of a source: finds where the last whole event ends, masks, takes
 * apart. Lines of plain UTF-8 stay the bytes that they are. Not for several threads.
 */
public final class Packer {

  /** What is known of the source behind the bytes that were read. */
  public enum Tail {
    /** More is there already. */
    MORE,
    /** Nothing now; somebody may be writing. */
    OPEN,
    /** Nothing, and there was nothing for a while: an event of several lines is whole. */
    QUIET,
    /** Nothing will ever come: a line without line feed is whole. */
    ENDED
  }

  /** How far before a forced cut a number could begin that must not be cut into halves. */
  private static final int NUMBER_BYTES = 64;

  /** How large documents of one segment become, and one event more. */
  private static final int MOST_BODY = 2 << 20;

  private final Profile profile;
  private final Mask mask;
  private final Documents documents;

  /**
   * @param profile how events are written
   * @param mask what is hidden; nobody else uses it
   */
  public Packer(Profile profile, Mask mask) {
    this.profile = profile;
    this.mask = mask;
    this.documents = new Documents(profile, mask);
  }

  /**
   * Packs the whole events that bytes begin with.
   *
   * @param before where in the source the bytes begin
   * @param raw holds them and room for one byte more; becomes the segment's body where it can
   * @param length how many there are
   * @param tail what follows; if more does, and no event ends in the bytes, what is there becomes a
   *     piece
   * @return nothing if no event is whole
   */
  public Optional<Segment> pack(Origin origin, Position before, byte[] raw, int length, Tail tail) {
    int end = end(raw, length, tail);
    if (end == 0) {
      return Optional.empty();
    }
    long to = before.offset() + end;
    if (!profile.isPlain()) {
      return Optional.of(documents(origin, before, raw, end));
    }
    int events = count(raw, end);
    int[] offsets = null;
    byte[] body = raw;
    int size = end;
    if (!profile.charset().equals(StandardCharsets.UTF_8)) {
      offsets = starts(raw, end, events);
      byte[] text = new String(raw, 0, end, profile.charset()).getBytes(StandardCharsets.UTF_8);
      size = text.length;
      body = Arrays.copyOf(text, size + 1);
    }
    mask.apply(body, 0, size);
    if (body[size - 1] != '\n') {
      body[size++] = '\n';
    }
    return Optional.of(
        new Segment(origin, before, to, events, Segment.Form.PLAIN, body, size, offsets));
  }

  private Segment documents(Origin origin, Position before, byte[] raw, int end) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(end * 2);
    int[] offsets = new int[count(raw, end)];
    int events = 0;
    int start = 0;
    // Many small events may become much larger: the rest is for another segment.
    for (; start < end && body.size() < MOST_BODY; events++) {
      int next = next(raw, start, end);
      int stop = next;
      while (stop > start && (raw[stop - 1] == '\n' || raw[stop - 1] == '\r')) {
        stop--;
      }
      offsets[events] = start;
      body.writeBytes(documents.document(raw, start, stop - start));
      body.write('\n');
      start = next;
    }
    byte[] bytes = body.toByteArray();
    return new Segment(
        origin,
        before,
        before.offset() + start,
        events,
        Segment.Form.DOCUMENT,
        bytes,
        bytes.length,
        offsets);
  }

  /** How many bytes whole events take. */
  private int end(byte[] raw, int length, Tail tail) {
    int lines = length;
    while (lines > 0 && raw[lines - 1] != '\n') {
      lines--;
    }
    if (tail == Tail.ENDED) {
      return length;
    }
    int end = lines;
    if (profile.kind() == Profile.Kind.MULTI_LINE && tail != Tail.QUIET) {
      int last = lastEvent(raw, lines);
      // An event that fills everything is cut between two of its lines.
      end = last > 0 || tail == Tail.OPEN ? last : lines;
    }
    return end == 0 && tail == Tail.MORE ? piece(raw, length) : end;
  }

  /** Where to cut a line that is too long: between characters, and not within a number. */
  private int piece(byte[] raw, int length) {
    CharsetDecoder decoder = profile.charset().newDecoder();
    decoder.onMalformedInput(CodingErrorAction.REPLACE);
    decoder.onUnmappableCharacter(CodingErrorAction.REPLACE);
    ByteBuffer in = ByteBuffer.wrap(raw, 0, length);
    decoder.decode(in, CharBuffer.allocate(length + 1), false);
    int end = in.position();
    for (int cut = end; cut > end - NUMBER_BYTES && cut > 1; cut--) {
      if (raw[cut - 1] == ' ' || raw[cut - 1] == ',') {
        return cut;
      }
    }
    return end;
  }

  private int lastEvent(byte[] raw, int lines) {
    int last = 0;
    for (int start = 0; start < lines; start = line(raw, start, lines)) {
      if (isFirst(raw, start, lines)) {
        last = start;
      }
    }
    return last;
  }

  /** Where the event after the one that begins here begins. */
  private int next(byte[] raw, int start, int end) {
    int next = line(raw, start, end);
    while (profile.kind() == Profile.Kind.MULTI_LINE && next < end && !isFirst(raw, next, end)) {
      next = line(raw, next, end);
    }
    return next;
  }

  private boolean isFirst(byte[] raw, int start, int end) {
    int stop = line(raw, start, end);
    String line = new String(raw, start, stop - start, profile.charset()).stripTrailing();
    return profile.firstLine().matcher(line).find();
  }

  private static int line(byte[] raw, int start, int end) {
    int at = start;
    while (at < end && raw[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, end);
  }

  private static int count(byte[] raw, int end) {
    int count = 0;
    for (int i = 0; i < end; i++) {
      if (raw[i] == '\n') {
        count++;
      }
    }
    return raw[end - 1] == '\n' ? count : count + 1;
  }

  private static int[] starts(byte[] raw, int end, int events) {
    int[] starts = new int[events];
    int start = 0;
    for (int i = 0; i < events; i++) {
      starts[i] = start;
      start = line(raw, start, end);
    }
    return starts;
  }
}
