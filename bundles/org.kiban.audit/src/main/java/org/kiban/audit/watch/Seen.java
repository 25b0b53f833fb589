package org.kiban.audit.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kiban.core.NodeState.Fact;
import org.kiban.core.NodeState.Snapshot;
import org.kiban.core.storage.DurableFiles;

/**
 * What the audit saw of the node last, kept from run to run, so that what changed while the node
 * was down is told too. Used by one thread.
 */
final class Seen {

  /**
   * The state.
   *
   * @param facts by kind and name
   * @param users as {@link Users} reads them
   */
  record State(Map<String, String> facts, Map<String, String> users) {

    static State of(Snapshot snapshot, Map<String, String> users) {
      Map<String, String> facts = new TreeMap<>();
      for (Fact fact : snapshot.facts()) {
        facts.put(fact.kind().name().toLowerCase(Locale.ROOT) + " " + fact.name(), fact.value());
      }
      return new State(facts, users);
    }
  }

  private final Path file;
  private final DurableFiles files;
  private final ObjectMapper mapper = new ObjectMapper();

  Seen(Path file, DurableFiles files) {
    this.file = file;
    this.files = files;
  }

  /** The last state; empty before the first. */
  Optional<State> last() throws IOException {
    return Files.exists(file)
        ? Optional.of(mapper.readValue(file.toFile(), State.class))
        : Optional.empty();
  }

  void keep(State state) throws IOException {
    byte[] json = mapper.writeValueAsBytes(state);
    files.write(file, out -> out.write(json));
  }
}
