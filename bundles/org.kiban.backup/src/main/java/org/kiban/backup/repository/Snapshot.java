package org.kiban.backup.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One moment of what was backed up.
 *
 * @param id null as long as it is not stored
 * @param host where
 * @param paths what, absolute
 * @param json all that the file says, so that nothing of another tool's is lost on a copy
 */
public record Snapshot(
    Id id,
    Instant time,
    Id tree,
    Optional<Id> parent,
    String host,
    List<String> paths,
    List<String> tags,
    JsonNode json) {

  /** A new one. */
  public static Snapshot create(
      OffsetDateTime time,
      Id tree,
      Optional<Id> parent,
      String host,
      List<String> paths,
      List<String> tags,
      List<String> excludes) {
    ObjectNode json = Json.object();
    json.put("time", time.toString());
    parent.ifPresent(p -> json.put("parent", p.toString()));
    json.put("tree", tree.toString());
    paths.forEach(json.putArray("paths")::add);
    json.put("hostname", host);
    json.put("username", System.getProperty("user.name"));
    if (!excludes.isEmpty()) {
      excludes.forEach(json.putArray("excludes")::add);
    }
    if (!tags.isEmpty()) {
      tags.forEach(json.putArray("tags")::add);
    }
    json.put("program_version", "kiban");
    return new Snapshot(null, time.toInstant(), tree, parent, host, paths, tags, json);
  }

  static Snapshot parse(Id id, byte[] bytes) throws DamagedException {
    String file = "snapshots/" + id;
    JsonNode json = Json.parse(bytes, file);
    try {
      return new Snapshot(
          id,
          OffsetDateTime.parse(json.path("time").asText()).toInstant(),
          Id.parse(json.path("tree").asText()),
          json.hasNonNull("parent")
              ? Optional.of(Id.parse(json.path("parent").asText()))
              : Optional.empty(),
          json.path("hostname").asText(),
          texts(json.path("paths")),
          texts(json.path("tags")),
          json);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new DamagedException(file, "is no snapshot");
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(t -> texts.add(t.asText()));
    return List.copyOf(texts);
  }

  byte[] bytes() {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The same under its name. */
  Snapshot stored(Id name) {
    return new Snapshot(name, time, tree, parent, host, paths, tags, json);
  }

  /** What a copy in another repository is made of: it has no parent there. */
  public Snapshot forCopy() {
    ObjectNode copy = json.deepCopy();
    copy.remove("parent");
    if (!copy.hasNonNull("original")) {
      copy.put("original", id.toString());
    }
    return new Snapshot(null, time, tree, Optional.empty(), host, paths, tags, copy);
  }

  /** The moment as the file says it, in the zone where it was made. */
  public OffsetDateTime localTime() {
    return OffsetDateTime.parse(json.path("time").asText());
  }

  /** What it was first stored as, before copies. */
  public String original() {
    return json.hasNonNull("original") ? json.path("original").asText() : String.valueOf(id);
  }
}
