package org.kiban.logship.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings items to OpenSearch until each is there or is a dead letter: of an answer it repeats only
 * those that failed for now.
 */
final class BulkRequest {

  /** The most that a request carries; one event alone may be more. */
  static final int MOST_BYTES = 5_000_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Integer> THERE = Set.of(200, 201, 409);
  private static final Set<Integer> NEVER = Set.of(400, 413);
  private static final int TRIES = 8;
  private static final int OK = 200;
  private static final int TOO_LARGE = 413;
  private static final int BAD_REQUEST = 400;

  /** Speaks HTTP. */
  interface Door {
    /** The status and body of an answer. */
    record Answer(int status, byte[] body) {}

    Answer post(byte[] body) throws IOException;

    /** Waits before the n-th repeat, longer each time. */
    void pause(int n) throws IOException;
  }

  private final Door door;

  /** Keeps what is refused for good. */
  interface Burial {
    /**
     * @param first the id of the first event of the request
     * @param letters for each the reason and the event
     */
    void keep(String first, List<byte[]> letters) throws IOException;
  }

  private final Burial dead;

  BulkRequest(Door door, Burial dead) {
    this.door = door;
    this.dead = dead;
  }

  /**
   * Sends items in bodies of limited size; all are durable over there, or dead letters, on return.
   *
   * @throws IOException if some are not, after several tries
   */
  void send(List<Bulk.Item> items) throws IOException {
    List<Bulk.Item> group = new ArrayList<>();
    long bytes = 0;
    for (Bulk.Item item : items) {
      if (!group.isEmpty() && bytes + item.lines().length > MOST_BYTES) {
        sendGroup(group);
        group.clear();
        bytes = 0;
      }
      group.add(item);
      bytes += item.lines().length;
    }
    if (!group.isEmpty()) {
      sendGroup(group);
    }
  }

  private void sendGroup(List<Bulk.Item> group) throws IOException {
    List<Bulk.Item> left = List.copyOf(group);
    for (int n = 1; !left.isEmpty(); n++) {
      Door.Answer answer = door.post(body(left));
      if (answer.status() == OK) {
        left = settle(left, JSON.readTree(answer.body()).path("items"), group.get(0).id());
      } else if (answer.status() == TOO_LARGE || answer.status() == BAD_REQUEST) {
        refused(left, answer);
        return;
      }
      if (!left.isEmpty()) {
        if (n == TRIES) {
          throw new IOException(
              "OpenSearch answers " + answer.status() + ", " + left.size() + " events left");
        }
        door.pause(n);
      }
    }
  }

  /** A whole request is refused: its halves, so that one event does not condemn the others. */
  private void refused(List<Bulk.Item> left, Door.Answer answer) throws IOException {
    if (left.size() > 1) {
      sendGroup(left.subList(0, left.size() / 2));
      sendGroup(left.subList(left.size() / 2, left.size()));
    } else {
      bury(left.get(0).id(), List.of(deadLetter(left.get(0), answer.status(), "request refused")));
    }
  }

  private List<Bulk.Item> settle(List<Bulk.Item> sent, JsonNode answers, String first)
      throws IOException {
    if (answers.size() != sent.size()) {
      throw new IOException("OpenSearch answered " + answers.size() + " of " + sent.size());
    }
    List<Bulk.Item> again = new ArrayList<>();
    List<byte[]> letters = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      JsonNode answer = answers.get(i).path("create");
      int status = answer.path("status").asInt();
      if (NEVER.contains(status)) {
        letters.add(deadLetter(sent.get(i), status, answer.path("error").path("type").asText()));
      } else if (!THERE.contains(status)) {
        again.add(sent.get(i));
      }
    }
    bury(first, letters);
    return again;
  }

  private void bury(String first, List<byte[]> letters) throws IOException {
    if (!letters.isEmpty()) {
      dead.keep(first, letters);
    }
  }

  private static byte[] deadLetter(Bulk.Item item, int status, String reason) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(JSON.writeValueAsBytes(Map.of("reason", status + " " + reason)));
    out.write('\n');
    out.write(item.lines());
    return out.toByteArray();
  }

  private static byte[] body(List<Bulk.Item> items) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Bulk.Item item : items) {
      out.writeBytes(item.lines());
    }
    return out.toByteArray();
  }
}
