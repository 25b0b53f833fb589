package org.kiban.backup.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.kiban.backup.repository.Snapshot;
import org.kiban.core.KibanException;
import org.kiban.core.storage.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each job last began and how it ended; kept over a restart, so that a run that was missed is
 * known. Safe for any thread.
 */
public final class Records {

  private static final Logger LOG = LoggerFactory.getLogger(Records.class);

  private final DurableFiles files;
  private final Path file;

  /**
   * @param file where they are kept; its directory exists
   */
  public Records(DurableFiles files, Path file) {
    this.files = files;
    this.file = file;
  }

  /**
   * One job's.
   *
   * @param begun when it last began, or became known
   * @param snapshot of the last run that made one; empty if none did
   * @param time of that snapshot; null if there is none
   * @param problems what that run could not read
   * @param failure of the last run; empty if it made a snapshot
   */
  public record Run(Instant begun, String snapshot, Instant time, long problems, String failure) {}

  /** What is known of a job; one that nobody knew becomes known now. */
  public synchronized Run of(String job, Instant now) {
    ObjectNode all = read();
    if (!all.path(job).hasNonNull("begun")) {
      all.withObject('/' + job).put("begun", now.toString());
      write(all);
    }
    return run((ObjectNode) all.get(job));
  }

  private static Run run(ObjectNode one) {
    return new Run(
        Instant.parse(one.get("begun").asText()),
        one.path("snapshot").asText(""),
        one.hasNonNull("time") ? Instant.parse(one.get("time").asText()) : null,
        one.path("problems").asLong(),
        one.path("failure").asText(""));
  }

  /** A job begins. */
  synchronized void begun(String job, Instant now) {
    ObjectNode all = read();
    all.withObject('/' + job).put("begun", now.toString());
    write(all);
  }

  /** A job made a snapshot. */
  synchronized void ran(String job, Snapshot snapshot, long problems) {
    ObjectNode all = read();
    ObjectNode one = all.withObject('/' + job);
    one.put("snapshot", snapshot.id().toString());
    one.put("time", snapshot.time().toString());
    one.put("problems", problems);
    one.remove("failure");
    write(all);
  }

  /** A job made none. */
  synchronized void failed(String job, KibanException e) {
    ObjectNode all = read();
    all.withObject('/' + job).put("failure", e.getMessage());
    write(all);
  }

  private void write(ObjectNode all) {
    try {
      files.write(file, out -> out.write(all.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      LOG.warn("{} could not be written: {}", file, e.toString());
    }
  }

  /** Empty before the first run, and if it cannot be read: then the next run tells anew. */
  private ObjectNode read() {
    try {
      if (new ObjectMapper().readTree(Files.readAllBytes(file)) instanceof ObjectNode all) {
        return all;
      }
    } catch (IOException e) {
      LOG.debug("no record of backups yet: {}", e.toString());
    }
    return JsonNodeFactory.instance.objectNode();
  }
}
