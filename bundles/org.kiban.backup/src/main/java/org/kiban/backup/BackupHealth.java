package org.kiban.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.backup.repository.Snapshot;
import org.kiban.core.KibanException;
import org.kiban.core.storage.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How old the newest snapshot is, and whether the last run failed; kept over a restart. */
final class BackupHealth implements HealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(BackupHealth.class);

  private final DurableFiles files;
  private final Path file;
  private final InstantSource clock;
  private final String code;
  private final int warnHours;
  private final boolean hasSources;

  BackupHealth(
      DurableFiles files, Path file, InstantSource clock, String code, BackupConfig config) {
    this.files = files;
    this.file = file;
    this.clock = clock;
    this.code = code;
    this.warnHours = config.warn$_$age$_$hours();
    this.hasSources = config.sources().length > 0;
  }

  void ran(Snapshot snapshot, long problems) {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    state.put("snapshot", snapshot.id().toString());
    state.put("time", snapshot.time().toString());
    state.put("problems", problems);
    write(state);
  }

  void failed(KibanException e) {
    LOG.warn("{}: {}", code, e.getMessage());
    ObjectNode state = read();
    state.put("failure", e.getMessage());
    write(state);
  }

  private void write(ObjectNode state) {
    try {
      files.write(file, out -> out.write(state.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      LOG.warn("{}: the state of the backup could not be written: {}", code, e.toString());
    }
  }

  /** Empty before the first run, and if it cannot be read: then the next run tells anew. */
  private ObjectNode read() {
    try {
      if (new ObjectMapper().readTree(Files.readAllBytes(file)) instanceof ObjectNode state) {
        return state;
      }
    } catch (IOException e) {
      LOG.debug("{}: no state of the backup yet: {}", code, e.toString());
    }
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public Result execute() {
    FormattingResultLog log = new FormattingResultLog();
    if (!hasSources) {
      log.info("nothing to save yet: sources in etc/org.kiban.backup~{}.cfg.json", code);
      return new Result(log);
    }
    JsonNode state = read();
    if (!state.hasNonNull("time")) {
      log.warn("no snapshot yet: backup:create {}, backup:run {}", code, code);
      return new Result(log);
    }
    Instant time = Instant.parse(state.get("time").asText());
    Duration age = Duration.between(time, clock.instant());
    if (state.hasNonNull("failure")) {
      log.critical("the last run failed: {}; backup:run {}", state.get("failure").asText(), code);
    } else if (age.toHours() >= warnHours) {
      log.warn("the newest snapshot is {} hours old; backup:run {}", age.toHours(), code);
    } else if (state.path("problems").asLong() > 0) {
      log.warn("{} could not be saved; backup:run {}", state.get("problems").asLong(), code);
    } else {
      log.info("newest snapshot {}", time);
    }
    return new Result(log);
  }
}
