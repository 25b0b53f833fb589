package org.kiban.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.Journal;

/** What was imported, approved and applied, by whom and when: the only truth about it. */
final class History {

  private static final Set<Note.What> FAILED =
      EnumSet.of(Note.What.RETURNED, Note.What.STOPPED, Note.What.ROLLED_BACK);

  private final Journal journal;
  private final ObjectMapper mapper = new ObjectMapper();
  private final List<Note> notes = new ArrayList<>();

  History(Journal journal) throws IOException {
    this.journal = journal;
    journal.read(1, entry -> notes.add(read(mapper.readTree(entry.payload()))));
  }

  private static Note read(JsonNode node) {
    return new Note(
        Instant.parse(node.path("at").asText()),
        Note.What.valueOf(node.path("what").asText()),
        node.path("who").asText(),
        node.path("kind").asText(),
        node.path("id").asText(),
        node.path("from").asText(),
        node.path("to").asText(),
        node.path("sha256").asText(),
        node.path("detail").asText());
  }

  /** Makes a note durable, and then counts it. */
  synchronized void add(Note note) {
    JsonNode node =
        mapper
            .createObjectNode()
            .put("at", note.at().toString())
            .put("what", note.what().name())
            .put("who", note.who())
            .put("kind", note.kind())
            .put("id", note.id())
            .put("from", note.from())
            .put("to", note.to())
            .put("sha256", note.sha256())
            .put("detail", note.detail());
    try {
      journal.append(List.of(mapper.writeValueAsBytes(node)));
      notes.add(note);
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_WRITTEN, "journal", e.toString());
    }
  }

  /** All notes, the oldest first. */
  synchronized List<Note> all() {
    return List.copyOf(notes);
  }

  /** The newest note that meets a condition. */
  synchronized Optional<Note> last(Predicate<Note> condition) {
    for (int i = notes.size() - 1; i >= 0; i--) {
      if (condition.test(notes.get(i))) {
        return Optional.of(notes.get(i));
      }
    }
    return Optional.empty();
  }

  /** The work that began and did not end: the node went down meanwhile. */
  Optional<Note> open() {
    return last(n -> n.what() != Note.What.IMPORTED && n.what() != Note.What.APPROVED)
        .filter(n -> n.what() == Note.What.BEGUN || n.what() == Note.What.GOING_BACK);
  }

  /** Who approved an offer, if it was not tried since; another file of the version is another. */
  Optional<Note> approval(Offer offer) {
    return last(n -> n.isAbout(offer))
        .filter(n -> n.what() == Note.What.APPROVED)
        .filter(n -> n.sha256().equals(offer.target().sha256()));
  }

  /** Why the last try of an offer failed, if nobody approved it again. */
  Optional<Note> failure(Offer offer) {
    return last(n -> n.isAbout(offer)).filter(n -> FAILED.contains(n.what()));
  }

  /** The last change of something that can be taken back. */
  Optional<Note> kept(String id) {
    return last(n ->
            n.id().equals(id) && (n.what() == Note.What.KEPT || n.what() == Note.What.ROLLED_BACK))
        .filter(n -> n.what() == Note.What.KEPT);
  }

  /** The file of a version that was kept before. */
  Optional<String> file(String id, String version) {
    return last(n -> n.what() == Note.What.KEPT && n.id().equals(id) && n.to().equals(version))
        .map(Note::sha256);
  }
}
