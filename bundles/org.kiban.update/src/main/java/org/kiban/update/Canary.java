package org.kiban.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kiban.core.storage.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes that share a repository tell each other in its folder {@code reports/} how updates went, so
 * that some can go first. A report only makes others wait or not: what is applied is decided by
 * signatures.
 *
 * @param folder the shared one; null if there is none
 * @param node this one's name
 * @param first names of nodes that go first
 * @param soak how long an update must have been well there
 * @param files writes reports
 */
record Canary(Path folder, String node, List<String> first, Duration soak, DurableFiles files) {

  private static final Logger LOG = LoggerFactory.getLogger(Canary.class);
  private static final long LONGEST = 4096;

  /** The first node that has not been well with an offer for long enough; empty if all have. */
  Optional<String> waitsFor(Offer offer, Instant now) {
    return first.stream().filter(name -> !isWell(name, offer, now)).findFirst();
  }

  private boolean isWell(String name, Offer offer, Instant now) {
    if (folder == null) {
      return false;
    }
    Path file = file(name, offer.target().sha256());
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
        return false;
      }
      JsonNode report = new ObjectMapper().readTree(Files.readAllBytes(file));
      Instant at = Instant.parse(report.path("at").asText());
      return "kept".equals(report.path("outcome").asText()) && !at.plus(soak).isAfter(now);
    } catch (IOException | DateTimeException e) {
      return false;
    }
  }

  private Path file(String name, String sha256) {
    return folder.resolve("reports").resolve(name).resolve(sha256 + ".json");
  }

  /** Tells the others; where they cannot be told, they wait. */
  void report(Note begun, boolean kept, Instant now) {
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    try {
      write(begun, kept, now);
    } catch (IOException e) {
      LOG.warn("{}", UpdateCode.NOT_WRITTEN.line(folder, e));
    }
  }

  private void write(Note begun, boolean kept, Instant now) throws IOException {
    Path file = file(node, begun.sha256());
    Files.createDirectories(file.getParent());
    byte[] content =
        new ObjectMapper()
            .writeValueAsBytes(
                new ObjectMapper()
                    .createObjectNode()
                    .put("node", node)
                    .put("update", begun.id() + "-" + begun.to())
                    .put("outcome", kept ? "kept" : "returned")
                    .put("at", now.toString()));
    files.write(file, out -> out.write(content));
    // The others run as users of their own; there is nothing secret in it.
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }
}
