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
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kiban.update.tuf.CanonicalJson;
import org.kiban.update.tuf.Entrusted;
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
  private static final Pattern VERSION = Pattern.compile("\\d+\\.(.+)\\.json");

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
          .filter(f -> role.equals(role(f)))
          .max((a, b) -> Long.compare(version(a), version(b)))
          .orElseThrow(
              () -> new IllegalArgumentException(folder + " has no " + role + ": call init first"));
    }
  }

  /** The role of which a file is a version; empty if it is none. */
  private static String role(Path file) {
    Matcher name = VERSION.matcher(file.getFileName().toString());
    return name.matches() ? name.group(1) : "";
  }

  /** The roles that offer targets: {@code targets} and those to which it entrusts some. */
  Set<String> offering() throws IOException {
    try (Stream<Path> files = Files.list(metadata())) {
      return files
          .map(Publisher::role)
          .filter(r -> !List.of("", "root", "snapshot").contains(r))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Whether a role that offers targets entrusts another with one of them. */
  boolean entrusts(String role, String path) throws IOException {
    for (String from : offering()) {
      Path file = newest(from);
      if (new Entrusted(file.toString(), Files.readAllBytes(file)).covers(role, path)) {
        return true;
      }
    }
    return false;
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

  /** Signs and writes a file of a role of the root. */
  Path write(ObjectNode signed, List<KeyPair> keys) throws IOException {
    return write(signed.path("_type").asText(), signed, keys);
  }

  /**
   * Signs and writes targets.
   *
   * @param role that offers them
   * @throws org.kiban.core.KibanException if nodes would refuse them; nothing is written then
   */
  Path writeTargets(String role, ObjectNode signed, List<KeyPair> keys) throws IOException {
    new Entrusted(role, document(signed, keys).toString().getBytes(StandardCharsets.UTF_8));
    return write(role, signed, keys);
  }

  private Path write(String role, ObjectNode signed, List<KeyPair> keys) throws IOException {
    String name =
        role.equals("timestamp")
            ? "timestamp.json"
            : signed.path("version").asLong() + "." + role + ".json";
    return write(metadata().resolve(name), document(signed, keys));
  }

  private static ObjectNode document(ObjectNode signed, List<KeyPair> keys) {
    ObjectNode document = NODES.objectNode();
    document.set("signed", signed);
    document.putArray("signatures");
    keys.forEach(k -> sign(document, k));
    return document;
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

  /** Declares who signs a role of the root. */
  static void role(ObjectNode root, String role, int threshold, List<PublicKey> keys) {
    signers(root, root.withObject("/roles").putObject(role), role, threshold, keys);
  }

  /** Entrusts a role with targets; one that was entrusted before keeps its place in the order. */
  static void delegate(
      ObjectNode targets, String role, List<String> paths, int threshold, List<PublicKey> keys) {
    ObjectNode delegations = targets.withObject("/delegations");
    ArrayNode roles = delegations.withArray("roles");
    ObjectNode node = NODES.objectNode().put("name", role).put("terminating", false);
    paths.forEach(node.putArray("paths")::add);
    signers(delegations, node, role, threshold, keys);
    int place = place(roles, role);
    if (place < 0) {
      roles.add(node);
    } else {
      roles.set(place, node);
    }
    tidyKeys(delegations);
  }

  /** Takes it back; returns whether it was there. */
  static boolean withdraw(ObjectNode targets, String role) {
    ObjectNode delegations = targets.withObject("/delegations");
    int place = place(delegations.withArray("roles"), role);
    if (place >= 0) {
      delegations.withArray("roles").remove(place);
      tidyKeys(delegations);
    }
    return place >= 0;
  }

  private static int place(ArrayNode roles, String role) {
    for (int i = 0; i < roles.size(); i++) {
      if (role.equals(roles.get(i).path("name").asText())) {
        return i;
      }
    }
    return -1;
  }

  private static void signers(
      ObjectNode holder, ObjectNode node, String role, int threshold, List<PublicKey> keys) {
    ArrayNode ids = node.putArray("keyids");
    for (PublicKey one : keys) {
      TufKey key = TufKey.of(one);
      holder.withObject("/keys").set(key.id(), key.toJson());
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
  static void tidyKeys(ObjectNode holder) {
    List<String> named = new ArrayList<>();
    holder.path("roles").forEach(r -> r.path("keyids").forEach(id -> named.add(id.asText())));
    holder.withObject("/keys").retain(named);
  }
}
