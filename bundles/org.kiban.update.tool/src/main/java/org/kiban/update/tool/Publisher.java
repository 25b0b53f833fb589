package org.kiban.update.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.kiban.update.tuf.CanonicalJson;
import org.kiban.update.tuf.TufKey;

/**
 * Writes a TUF repository with consistent snapshots. A file of metadata that has a version is never
 * changed but by a further signature; the timestamp, by which readers find everything, comes last.
 *
 * @param folder of the repository
 * @param now the time from which on files count
 */
record Publisher(Path folder, Instant now) {

  private static final String SPEC = "1.0.31";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** A next file of a role: of the highest version, to be changed and signed. */
  ObjectNode next(String role, int days) throws IOException {
    ObjectNode signed = (ObjectNode) document(newest(role)).path("signed");
    signed.put("version", signed.path("version").asLong() + 1);
    return signed.put("expires", expires(days));
  }

  /** The first file of a role. */
  ObjectNode first(String role, int days) {
    ObjectNode signed = NODES.objectNode();
    signed.put("_type", role).put("spec_version", SPEC).put("version", 1);
    return signed.put("expires", expires(days));
  }

  private String expires(int days) {
    return now.plus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ObjectNode document(Path file) throws IOException {
    return (ObjectNode) CanonicalJson.parse(Files.readAllBytes(file));
  }

  private Path newest(String role) throws IOException {
    if (role.equals("timestamp")) {
      return metadata().resolve("timestamp.json");
    }
    try (Stream<Path> files = Files.list(metadata())) {
      return files
          .filter(f -> f.getFileName().toString().matches("\\d+\\." + role + "\\.json"))
          .max((a, b) -> Long.compare(version(a), version(b)))
          .orElseThrow(
              () -> new IllegalArgumentException(folder + " has no " + role + ": call init first"));
    }
  }

  private static long version(Path file) {
    return Long.parseLong(file.getFileName().toString().replaceFirst("\\..*", ""));
  }

  long version(String role) throws IOException {
    return version(newest(role));
  }

  private Path metadata() {
    return folder.resolve("metadata");
  }

  /** Signs and writes a file of a role. */
  Path write(ObjectNode signed, List<KeyPair> keys) throws IOException {
    String role = signed.path("_type").asText();
    String name =
        role.equals("timestamp")
            ? "timestamp.json"
            : signed.path("version").asLong() + "." + role + ".json";
    ObjectNode document = NODES.objectNode();
    document.set("signed", signed);
    document.putArray("signatures");
    keys.forEach(k -> sign(document, k));
    return write(metadata().resolve(name), document);
  }

  /** Adds a signature to a file, or makes it anew. */
  void sign(Path file, KeyPair key) throws IOException {
    ObjectNode document = document(file);
    sign(document, key);
    write(file, document);
  }

  private static void sign(ObjectNode document, KeyPair pair) {
    try {
      String id = TufKey.of(pair.getPublic()).id();
      ArrayNode signatures = NODES.arrayNode();
      for (JsonNode other : document.path("signatures")) {
        if (!id.equals(other.path("keyid").asText())) {
          signatures.add(other);
        }
      }
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(CanonicalJson.write(document.path("signed")));
      signatures
          .addObject()
          .put("keyid", id)
          .put("sig", HexFormat.of().formatHex(signature.sign()));
      document.set("signatures", signatures);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("cannot sign: " + e.getMessage(), e);
    }
  }

  private static Path write(Path file, ObjectNode document) throws IOException {
    Files.createDirectories(file.getParent());
    Path beside = file.resolveSibling("." + file.getFileName() + ".new");
    Files.write(beside, (document.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    return Files.move(
        beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Declares who signs a role. */
  static void role(ObjectNode root, String role, int threshold, List<KeyPair> keys) {
    ObjectNode node = root.withObject("/roles").putObject(role);
    ArrayNode ids = node.putArray("keyids");
    for (KeyPair pair : keys) {
      TufKey key = TufKey.of(pair.getPublic());
      root.withObject("/keys").set(key.id(), key.toJson());
      ids.add(key.id());
    }
    if (threshold < 1 || threshold > keys.size()) {
      throw new IllegalArgumentException(
          "the threshold of " + role + " cannot be " + threshold + " of " + keys.size() + " keys");
    }
    node.put("threshold", threshold);
  }

  /** Copies a file in and declares it. */
  void add(ObjectNode targets, String path, Path file, ObjectNode custom) throws IOException {
    Path beside = folder.resolve("targets").resolve(path + ".new");
    Files.createDirectories(beside.getParent());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long length;
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest);
          OutputStream out = Files.newOutputStream(beside)) {
        length = in.transferTo(out);
      }
      String sha256 = HexFormat.of().formatHex(digest.digest());
      Files.move(
          beside,
          beside.resolveSibling(sha256 + "." + Path.of(path).getFileName()),
          StandardCopyOption.REPLACE_EXISTING);
      ObjectNode target = targets.withObject("/targets").putObject(path).put("length", length);
      target.putObject("hashes").put("sha256", sha256);
      target.set("custom", custom);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The keys that no role names any more go. */
  static void tidyKeys(ObjectNode root) {
    List<String> named = new ArrayList<>();
    root.path("roles").forEach(r -> r.path("keyids").forEach(id -> named.add(id.asText())));
    root.withObject("/keys").retain(named);
  }
}
