package org.kiban.logship.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.kiban.logship.ship.Segment;

/**
 * Looks for events on this node.
 *
 * @param from not older; by the event's own time, else by when it was stored
 * @param to older than this
 * @param text what the event must hold, as it is written; empty: anything
 * @param limit how many; the newest of all
 */
public record Search(Instant from, Instant to, String text, int limit) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * What was found.
   *
   * @param time the event's own, else when it was stored
   * @param source the name of the source
   * @param name of the file
   * @param stream the identity of the file, whatever its name
   * @param offset where it stands in the source
   * @param text the event
   */
  public record Hit(
      Instant time, String source, String name, String stream, long offset, String text) {}

  /**
   * Looks.
   *
   * @return in the order in which they were stored; from several archives in that of their times
   */
  public List<Hit> in(List<Archive> archives) throws IOException {
    List<Hit> all = new ArrayList<>();
    for (Archive archive : archives) {
      all.addAll(in(archive));
    }
    if (archives.size() > 1) {
      all.sort(Comparator.comparing(Hit::time));
    }
    return List.copyOf(all.subList(Math.max(0, all.size() - limit), all.size()));
  }

  private Deque<Hit> in(Archive archive) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    Deque<Hit> hits = new ArrayDeque<>();
    archive.read(
        (stored, segment) ->
            segment.forEach(
                (offset, body, start, length) -> {
                  if (holds(body, start, length, wanted)) {
                    String line = new String(body, start, length, StandardCharsets.UTF_8);
                    Instant time = time(segment.form(), line, stored);
                    if (!time.isBefore(from) && time.isBefore(to)) {
                      hits.add(
                          new Hit(
                              time,
                              segment.origin().source(),
                              segment.origin().name(),
                              segment.origin().id().value(),
                              offset,
                              line));
                      if (hits.size() > limit) {
                        hits.remove();
                      }
                    }
                  }
                }));
    return hits;
  }

  private static Instant time(Segment.Form form, String line, Instant stored) throws IOException {
    JsonNode time = form == Segment.Form.DOCUMENT ? MAPPER.readTree(line).path("@timestamp") : null;
    return time == null || !time.isTextual() ? stored : Instant.parse(time.asText());
  }

  private static boolean holds(byte[] body, int start, int length, byte[] wanted) {
    for (int i = start; i <= start + length - wanted.length; i++) {
      int j = 0;
      while (j < wanted.length && body[i + j] == wanted[j]) {
        j++;
      }
      if (j == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
