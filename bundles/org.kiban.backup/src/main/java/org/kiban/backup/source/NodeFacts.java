package org.kiban.backup.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.backup.BackupSource;

/**
 * Says in a backup of the node where its parts lay, so that they find their places on a machine
 * where these are elsewhere.
 *
 * @param data {@code KIBAN_DATA}, with all links followed
 * @param etc the configuration, with all links followed
 */
public record NodeFacts(Path data, Path etc) implements BackupSource {

  private static final Path FILE = Path.of("node", "backup", "node.json");

  /** The directory of copies in a backup of the node, below its data. */
  public static final Path VIEW = Path.of("node", "backup", "view");

  /** Of this node. */
  public static NodeFacts of(NodePaths paths) {
    try {
      return new NodeFacts(paths.data().toRealPath(), paths.etc().toRealPath());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Reads what a restored backup says of itself.
   *
   * @param files where it was restored
   * @param data the node's data directory as it was
   */
  public static NodeFacts read(Path files, Path data) throws IOException {
    Path copies = below(files, data).resolve(VIEW);
    JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(place(copies, data)));
    return new NodeFacts(Path.of(json.path("data").asText()), Path.of(json.path("etc").asText()));
  }

  /** Where a path lies below another root. */
  public static Path below(Path root, Path path) {
    return root.resolve(path.getRoot().relativize(path));
  }

  private static Path place(Path root, Path data) {
    return below(root, data.resolve(FILE));
  }

  /** The path in a snapshot by which a backup of a node with this data directory is known. */
  public static Path mark(Path data) {
    return place(data.resolve(VIEW), data);
  }

  @Override
  public String name() {
    return "node";
  }

  @Override
  public Optional<MunicipalityCode> municipality() {
    return Optional.empty();
  }

  @Override
  public View prepare(Staging staging) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("data", data.toString());
    json.put("etc", etc.toString());
    Files.write(
        staging.standIn(data.resolve(FILE)), json.toString().getBytes(StandardCharsets.UTF_8));
    return new Tree(List.of(), List.of());
  }
}
