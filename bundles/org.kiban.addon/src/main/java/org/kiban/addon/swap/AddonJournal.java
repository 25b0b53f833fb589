package org.kiban.addon.swap;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.Journal;

/**
 * What was done with add-ons, and so which are installed: those of the transactions that were kept.
 * An entry counts once it is on disk; a transaction without an end was cut off and did not happen.
 * Safe for any thread.
 */
final class AddonJournal {

  private final Journal journal;
  private final TrustedClock clock;
  private final ObjectMapper mapper =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private final SortedMap<String, Addon> installed = new TreeMap<>();
  private final SortedMap<Long, Note> begun = new TreeMap<>();
  private final Map<Long, Note> ended = new TreeMap<>();

  /**
   * @param clock asked with every entry how far its time can be believed
   */
  AddonJournal(Journal journal, TrustedClock clock) throws IOException {
    this.journal = journal;
    this.clock = clock;
    journal.read(1, entry -> apply(mapper.readValue(entry.payload(), Note.class)));
  }

  /** Makes an entry durable, and then counts it. */
  synchronized void append(Note note) throws IOException {
    ObjectNode entry = mapper.valueToTree(note);
    clock.read().facts().forEach(entry::putPOJO);
    journal.append(List.of(mapper.writeValueAsBytes(entry)));
    apply(note);
  }

  private void apply(Note note) {
    if (note.step() == null) {
      begun.put(note.transaction(), note);
    } else if (note.isEnd()) {
      ended.put(note.transaction(), note);
      Note begin = begun.get(note.transaction());
      if (note.step() == Step.KEPT) {
        if (begin.to() == null) {
          installed.remove(note.id());
        } else {
          installed.put(note.id(), begin.to());
        }
      }
    }
  }

  /** What is installed, by id. */
  synchronized SortedMap<String, Addon> installed() {
    return new TreeMap<>(installed);
  }

  /** The transaction that has begun and not ended; there is at most one. */
  synchronized Optional<Note> open() {
    return begun.values().stream().filter(n -> !ended.containsKey(n.transaction())).findFirst();
  }

  /** Symbolic names and versions of all bundles that any transaction dealt with. */
  synchronized Set<String> bundles() {
    return begun.values().stream()
        .flatMap(n -> Stream.of(Optional.ofNullable(n.from()), Optional.ofNullable(n.to())))
        .flatMap(Optional::stream)
        .flatMap(a -> a.pieces().stream())
        .map(Piece::shown)
        .collect(Collectors.toSet());
  }

  synchronized long next() {
    return begun.isEmpty() ? 1 : begun.lastKey() + 1;
  }

  /** All transactions, newest first. */
  synchronized List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    begun.values().forEach(n -> entries.add(0, Entry.of(n, ended.get(n.transaction()))));
    return entries;
  }
}
