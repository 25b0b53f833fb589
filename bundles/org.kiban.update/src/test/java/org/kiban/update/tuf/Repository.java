package org.kiban.update.tuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A repository that can be made wrong in any way: every role's signed part is a tree that a test
 * changes, and publishing signs it as it is with the keys that the test wants.
 */
public final class Repository {

  /** The roles. */
  public static final List<String> ROLES = List.of("root", "timestamp", "snapshot", "targets");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Path folder;
  private final Map<String, ObjectNode> signed = new TreeMap<>();
  private final Map<String, List<KeyPair>> signers = new TreeMap<>();

  /** Makes one and publishes it; it expires a day after {@code now}. */
  public Repository(Path folder, Instant now) {
    this.folder = folder;
    String expires = now.plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    for (String role : ROLES) {
      ObjectNode node = NODES.objectNode();
      node.put("_type", role).put("spec_version", "1.0.31").put("version", 1);
      node.put("expires", expires);
      signed.put(role, node);
    }
    root().put("consistent_snapshot", true).putObject("keys");
    root().putObject("roles");
    ROLES.forEach(role -> sign(role, 1, List.of(key())));
    targets().putObject("targets");
    ObjectNode delegations = targets().putObject("delegations");
    delegations.putObject("keys");
    delegations.putArray("roles");
    signed("snapshot").putObject("meta").putObject("targets.json").put("version", 1);
    signed("timestamp").putObject("meta").putObject("snapshot.json").put("version", 1);
    try {
      Files.createDirectories(folder.resolve("metadata"));
      Files.createDirectories(folder.resolve("targets"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    publish();
  }

  /** A new key. */
  public static KeyPair key() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  ObjectNode signed(String role) {
    return signed.get(role);
  }

  ObjectNode root() {
    return signed("root");
  }

  ObjectNode targets() {
    return signed("targets");
  }

  long version(String role) {
    return signed(role).path("version").asLong();
  }

  List<KeyPair> signers(String role) {
    return signers.get(role);
  }

  /** Declares who signs a role from the next root on; they sign it from now on. */
  Repository sign(String role, int threshold, List<KeyPair> keys) {
    ObjectNode node = ((ObjectNode) root().path("roles")).putObject(role);
    ArrayNode ids = node.putArray("keyids");
    for (KeyPair pair : keys) {
      TufKey key = TufKey.of(pair.getPublic());
      ((ObjectNode) root().path("keys")).set(key.id(), key.toJson());
      ids.add(key.id());
    }
    node.put("threshold", threshold);
    signers.put(role, new ArrayList<>(keys));
    return this;
  }

  /** Lets these sign a role, whatever the root says. */
  Repository signedBy(String role, KeyPair... keys) {
    signers.put(role, List.of(keys));
    return this;
  }

  Repository version(String role, long version) {
    signed(role).put("version", version);
    return this;
  }

  Repository expires(String role, Instant at) {
    signed(role).put("expires", at.truncatedTo(ChronoUnit.SECONDS).toString());
    return this;
  }

  /** A next root, with the signatures of these besides its own signers. */
  Repository rotate(KeyPair... old) {
    version("root", version("root") + 1);
    List<KeyPair> all = new ArrayList<>(signers("root"));
    List.of(old).stream().filter(k -> !all.contains(k)).forEach(all::add);
    write(version("root") + ".root.json", envelope("root", all));
    return this;
  }

  /** A next state, from the targets up. */
  public Repository next() {
    version("targets", version("targets") + 1);
    version("snapshot", version("snapshot") + 1);
    version("timestamp", version("timestamp") + 1);
    meta("snapshot", "targets.json").put("version", version("targets"));
    meta("timestamp", "snapshot.json").put("version", version("snapshot"));
    return this;
  }

  ObjectNode meta(String role, String file) {
    return (ObjectNode) signed(role).path("meta").path(file);
  }

  /** The names of all targets of any role. */
  Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    signed.values().forEach(r -> r.path("targets").fieldNames().forEachRemaining(paths::add));
    return paths;
  }

  /** Adds a target; the next state offers it. */
  public Repository add(String path, byte[] content, JsonNode custom) {
    return add("targets", path, content, custom);
  }

  /** As before, by a delegated role. */
  public Repository add(String role, String path, byte[] content, JsonNode custom) {
    String sha256 = sha256(content);
    ObjectNode target = ((ObjectNode) signed(role).path("targets")).putObject(path);
    target.put("length", content.length).putObject("hashes").put("sha256", sha256);
    if (custom != null) {
      target.set("custom", custom);
    }
    int slash = path.lastIndexOf('/') + 1;
    try {
      Path file =
          folder
              .resolve("targets")
              .resolve(path.substring(0, slash) + sha256 + "." + path.substring(slash));
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /**
   * Lets a role of targets entrust some to another role, which is made if it is new; the next state
   * has it.
   *
   * @param from {@code targets} or a role that was made so
   * @param matching the field {@code paths} or {@code path_hash_prefixes}
   */
  public ObjectNode delegate(
      String from, String role, int threshold, List<KeyPair> keys, ObjectNode matching) {
    ObjectNode delegations = signed(from).withObject("/delegations");
    ObjectNode node = delegations.withArray("/roles").addObject();
    node.put("name", role).put("threshold", threshold).put("terminating", false);
    node.setAll(matching);
    ArrayNode ids = node.putArray("keyids");
    for (KeyPair pair : keys) {
      TufKey key = TufKey.of(pair.getPublic());
      delegations.withObject("/keys").set(key.id(), key.toJson());
      ids.add(key.id());
    }
    signers.putIfAbsent(role, new ArrayList<>(keys));
    if (signed.get(role) == null) {
      ObjectNode made = NODES.objectNode();
      made.put("_type", "targets").put("spec_version", "1.0.31").put("version", 1);
      made.set("expires", targets().path("expires"));
      made.putObject("targets");
      signed.put(role, made);
      ((ObjectNode) signed("snapshot").path("meta")).putObject(role + ".json").put("version", 1);
    }
    return node;
  }

  /** The simplest of them: one key, patterns. */
  public ObjectNode delegate(String from, String role, String... patterns) {
    ObjectNode matching = NODES.objectNode();
    List.of(patterns).forEach(matching.putArray("paths")::add);
    return delegate(from, role, 1, List.of(key()), matching);
  }

  /** Writes a delegated role as it is now, in a next version. */
  Repository write(String role, KeyPair... by) {
    List<KeyPair> all = by.length == 0 ? signers(role) : List.of(by);
    write(version(role) + "." + role + ".json", envelope(role, all));
    return this;
  }

  /** Writes every role; a root only once. */
  public Repository publish() {
    for (String role : ROLES) {
      if (role.equals("root")
          && Files.exists(folder.resolve("metadata/" + version(role) + ".root.json"))) {
        continue;
      }
      String name = role.equals("timestamp") ? "" : version(role) + ".";
      write(name + role + ".json", envelope(role, signers(role)));
    }
    signed.keySet().stream().filter(r -> !ROLES.contains(r)).forEach(this::write);
    return this;
  }

  void write(String name, byte[] content) {
    try {
      Files.write(folder.resolve("metadata").resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The root as it was first published. */
  public byte[] anchor() {
    try {
      return Files.readAllBytes(folder.resolve("metadata/1.root.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] envelope(String role, List<KeyPair> keys) {
    try {
      ObjectNode document = NODES.objectNode();
      document.set("signed", signed(role));
      ArrayNode signatures = document.putArray("signatures");
      byte[] canonical = CanonicalJson.write(signed(role));
      for (KeyPair pair : keys) {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(canonical);
        signatures
            .addObject()
            .put("keyid", TufKey.of(pair.getPublic()).id())
            .put("sig", HexFormat.of().formatHex(signature.sign()));
      }
      return document.toPrettyString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
