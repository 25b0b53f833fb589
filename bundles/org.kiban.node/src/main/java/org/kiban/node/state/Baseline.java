package org.kiban.node.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * The desired state, kept in {@code KIBAN_DATA/node/node/state.json}. It belongs to one build of
 * the program: after an upgrade everything is different and nothing is wrong. That of the build
 * before stays beside it, since an upgrade may not be kept. Used under a lock.
 */
final class Baseline {

  /** What is in the file. */
  private record Content(String version, List<Fact> facts) {}

  private final Path file;
  private final Path before;
  private final DurableFiles files;
  private final String version;
  private final ObjectMapper mapper = JsonMapper.builder().build();
  private Optional<Snapshot> snapshot;

  Baseline(Path file, DurableFiles files, String version) throws IOException {
    this.file = file;
    this.files = files;
    this.version = version;
    this.before = file.resolveSibling("state-before.json");
    this.snapshot = own(file).or(() -> own(before)).map(c -> Snapshot.of(c.facts()));
  }

  private Optional<Content> own(Path of) {
    return read(of).filter(c -> c.version().equals(version));
  }

  private Optional<Content> read(Path of) {
    try {
      return Files.exists(of)
          ? Optional.of(mapper.readValue(of.toFile(), Content.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<Snapshot> snapshot() {
    return snapshot;
  }

  void replace(Snapshot next) throws IOException {
    if (snapshot.isEmpty() || !snapshot.get().digest().equals(next.digest())) {
      byte[] content = mapper.writeValueAsBytes(new Content(version, next.facts()));
      if (Files.exists(file) && own(file).isEmpty()) {
        files.move(file, before);
      }
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
