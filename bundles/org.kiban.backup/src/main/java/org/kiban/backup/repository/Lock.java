package org.kiban.backup.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Someone's note that a repository is in use. */
record Lock(Instant time, boolean exclusive, String host, String user, long pid) {

  private static final Duration STALE = Duration.ofMinutes(30);

  static Lock parse(byte[] bytes, String file) throws DamagedException {
    JsonNode json = Json.parse(bytes, file);
    try {
      return new Lock(
          OffsetDateTime.parse(json.path("time").asText()).toInstant(),
          json.path("exclusive").asBoolean(),
          json.path("hostname").asText(),
          json.path("username").asText(),
          json.path("pid").asLong());
    } catch (DateTimeException e) {
      throw new DamagedException(file, "is no lock");
    }
  }

  byte[] bytes() {
    ObjectNode json = Json.object();
    json.put("time", time.toString());
    json.put("exclusive", exclusive);
    json.put("hostname", host);
    json.put("username", user);
    json.put("pid", pid);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Whether its owner is surely gone: silent for half an hour, or a process here that ended. */
  boolean isStale(Instant now, String here) {
    return Duration.between(time, now).compareTo(STALE) > 0
        || host.equals(here) && ProcessHandle.of(pid).map(this::isYounger).orElse(true);
  }

  /** In a container every life of the node has the same number. */
  private boolean isYounger(ProcessHandle process) {
    return process.info().startInstant().map(s -> s.isAfter(time.plusSeconds(2))).orElse(false);
  }
}
