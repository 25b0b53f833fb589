package org.kiban.node.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kiban.core.NodeState.Difference;
import org.kiban.core.NodeState.Fact;
import org.kiban.core.NodeState.Kind;
import org.kiban.core.NodeState.Snapshot;
import org.kiban.core.storage.DurableFiles;

/**
 * The desired state, kept in {@code KIBAN_DATA/node/node/state.json}. It belongs to one version of
 * the program: after an upgrade everything is different and nothing is wrong. Used under a lock.
 */
final class Baseline {

  /** What is in the file. */
  private record Content(String version, List<Fact> facts) {}

  private final Path file;
  private final DurableFiles files;
  private final String version;
  private final ObjectMapper mapper = JsonMapper.builder().build();
  private Optional<Snapshot> snapshot = Optional.empty();

  Baseline(Path file, DurableFiles files, String version) throws IOException {
    this.file = file;
    this.files = files;
    this.version = version;
    if (Files.exists(file)) {
      Content content = mapper.readValue(file.toFile(), Content.class);
      if (content.version().equals(version)) {
        snapshot = Optional.of(Snapshot.of(content.facts()));
      }
    }
  }

  Optional<Snapshot> snapshot() {
    return snapshot;
  }

  void replace(Snapshot next) throws IOException {
    if (snapshot.isEmpty() || !snapshot.get().digest().equals(next.digest())) {
      byte[] content = mapper.writeValueAsBytes(new Content(version, next.facts()));
      files.write(file, out -> out.write(content));
      snapshot = Optional.of(next);
    }
  }

  /** Takes over what has become different, and leaves everything else as it was desired. */
  void absorb(List<Difference> changes) throws IOException {
    if (snapshot.isPresent() && !changes.isEmpty()) {
      Map<String, Fact> facts = new TreeMap<>();
      snapshot.get().facts().forEach(f -> facts.put(key(f.kind(), f.name()), f));
      for (Difference change : changes) {
        String key = key(change.kind(), change.name());
        if (change.found().isEmpty()) {
          facts.remove(key);
        } else {
          facts.put(key, new Fact(change.kind(), change.name(), change.found(), change.declared()));
        }
      }
      replace(Snapshot.of(List.copyOf(facts.values())));
    }
  }

  private static String key(Kind kind, String name) {
    return kind.ordinal() + "\t" + name;
  }
}
