package org.kiban.update.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * tuf-js, a client that follows delegations, where somebody installed it: {@code
 * -Dkiban.tuf-js=<node_modules>}.
 */
final class PeerJs {

  private static final String MODULES = System.getProperty("kiban.tuf-js", "");

  private PeerJs() {}

  static boolean isPossible() {
    return !MODULES.isEmpty() && Files.isDirectory(Path.of(MODULES, "tuf-js"));
  }

  /** Holds it to what our client offers of a repository. */
  static void requireSame(TufClient.Trusted ours, Repository repository, Path place, Instant now)
      throws IOException {
    assertThat(offered(repository.folder(), repository.anchor(), place, now, repository.paths()))
        .as("what tuf-js offers")
        .isEqualTo(ours.targets().stream().collect(Collectors.toMap(Target::path, Target::sha256)));
  }

  /** The SHA-256 of what it finds under each name; nothing under a name that it does not find. */
  private static Map<String, String> offered(
      Path repository, byte[] anchor, Path place, Instant now, Collection<String> names)
      throws IOException {
    Path folder = Files.createTempDirectory(place, "peer");
    Path script = folder.resolve("peer.cjs");
    try (InputStream in = PeerJs.class.getResourceAsStream("peer.cjs")) {
      Files.copy(in, script);
    }
    Path root = Files.write(folder.resolve("root.json"), anchor);
    List<String> command =
        new ArrayList<>(
            List.of(
                "node",
                script.toString(),
                MODULES,
                repository.toString(),
                folder.toString(),
                root.toString(),
                String.valueOf(now.toEpochMilli())));
    command.addAll(names);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Map<String, String> found = new TreeMap<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        JsonNode answer = new ObjectMapper().readTree(line);
        if (!answer.get(1).asText().isEmpty()) {
          found.put(answer.get(0).asText(), answer.get(1).asText());
        }
      }
    }
    return found;
  }
}
