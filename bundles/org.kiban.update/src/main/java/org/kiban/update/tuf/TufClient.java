package org.kiban.update.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.kiban.update.UpdateCode;

/**
 * Follows a repository as The Update Framework 1.0 says (section 5): root by root from the one that
 * operators trust, then timestamp, snapshot, targets. Each step is durable before the next, and
 * refuses what is signed by too few, expired, older than what was seen, too long or a mix of two
 * states. Roles to which the signers of targets entrust some of them are asked too. Used by one
 * thread at a time.
 */
public final class TufClient {

  private static final int MOST_ROTATIONS = 256;
  private static final long LONGEST_ROOT = 512_000;
  private static final long LONGEST_TIMESTAMP = 16_384;
  private static final long LONGEST_SNAPSHOT = 2_000_000;
  private static final long LONGEST_TARGETS = 5_000_000;
  private static final long LONGEST_DELEGATED = 1_000_000;

  private static final String TIMESTAMP = "timestamp.json";
  private static final String SNAPSHOT = "snapshot.json";
  private static final String TARGETS = "targets.json";

  /** Before the name of a role, so that none can take the place of another file. */
  private static final String DELEGATED = "delegated.";

  private final TrustedState state;
  private final byte[] anchor;

  /**
   * @param folder where this node keeps what it trusts; must exist and hold nothing else
   * @param files writes there
   * @param anchor the root that operators trust to begin with, of any version
   */
  public TufClient(Path folder, DurableFiles files, byte[] anchor) {
    this.state = new TrustedState(folder, files);
    this.anchor = anchor.clone();
  }

  /**
   * What is trusted after an update.
   *
   * @param rootVersion of the newest root
   * @param timestampVersion grows with every change of the repository
   * @param expires the first moment at which something of it no longer counts
   * @param consistent whether files carry their hash in their names
   * @param targets the files that are offered, by path
   * @param problems why roles are left out to which the signers of targets entrusted some, by role
   */
  public record Trusted(
      long rootVersion,
      long timestampVersion,
      Instant expires,
      boolean consistent,
      List<Target> targets,
      Map<String, KibanException> problems) {

    /** Copies the collections. */
    public Trusted {
      targets = List.copyOf(targets);
      problems = new TreeMap<>(problems);
    }
  }

  /**
   * Follows the repository.
   *
   * @param folder with {@code metadata/}
   * @param now the time by which everything is judged
   * @throws KibanException if something must not be trusted; what was trusted before still is
   */
  public Trusted update(Path folder, Instant now) {
    Medium medium = new Medium(folder);
    Metadata root = newestRoot(medium);
    root.requireFresh(now);
    boolean consistent = root.signed().path("consistent_snapshot").asBoolean();
    Metadata timestamp = timestamp(medium, root, now);
    Metadata snapshot = snapshot(medium, root, timestamp.meta(SNAPSHOT), consistent, now);
    Metadata targets = targets(medium, root, snapshot.meta(TARGETS), consistent, now);
    DelegatedRoles roles =
        new DelegatedRoles(targets, role -> delegated(medium, snapshot, role, consistent, now));
    return trusted(root, timestamp, snapshot, targets, roles);
  }

  /** Reads a role to which others entrust targets; who must sign it they say. */
  private Metadata delegated(
      Medium medium, Metadata snapshot, String role, boolean consistent, Instant now) {
    Metadata.Meta promised = snapshot.meta(role + ".json");
    String name = named(role + ".json", promised, consistent);
    Metadata delegated = fetch(medium, name, "targets", promised, LONGEST_DELEGATED);
    delegated.requireVersion(promised.version());
    delegated.requireFresh(now);
    state.write(DELEGATED + role + ".json", delegated.bytes());
    return delegated;
  }

  /** As it was kept, if it is that which the snapshot promises. */
  private Metadata keptDelegated(Metadata snapshot, String role) {
    String name = role + ".json";
    Metadata.Meta promised = snapshot.meta(name);
    byte[] bytes =
        state
            .read(DELEGATED + name)
            .filter(promised.hashes()::matches)
            .orElseThrow(() -> new KibanException(Outcome.REFUSED, UpdateCode.MISSING, name));
    Metadata delegated = Metadata.parse(name, bytes, "targets");
    delegated.requireVersion(promised.version());
    return delegated;
  }

  /** What was trusted after the last update, without judging it by the time; empty if nothing. */
  public Optional<Trusted> known() {
    Metadata root = Metadata.parse("root.json", state.root(anchor), "root");
    Optional<Metadata> timestamp = local(root, "timestamp");
    Optional<Metadata> snapshot = local(root, "snapshot");
    Optional<Metadata> targets = local(root, "targets");
    if (timestamp.isEmpty() || snapshot.isEmpty() || targets.isEmpty()) {
      return Optional.empty();
    }
    DelegatedRoles roles =
        new DelegatedRoles(targets.get(), role -> keptDelegated(snapshot.get(), role));
    return Optional.of(trusted(root, timestamp.get(), snapshot.get(), targets.get(), roles));
  }

  private static Trusted trusted(
      Metadata root,
      Metadata timestamp,
      Metadata snapshot,
      Metadata targets,
      DelegatedRoles roles) {
    Instant first = root.expires();
    for (Metadata other : List.of(timestamp, snapshot, targets)) {
      first = other.expires().isBefore(first) ? other.expires() : first;
    }
    return new Trusted(
        root.version(),
        timestamp.version(),
        first,
        root.signed().path("consistent_snapshot").asBoolean(),
        roles.targets(),
        roles.problems());
  }

  /** Each root must be signed as the one before demands and as it demands itself. */
  private Metadata newestRoot(Medium medium) {
    Metadata root = Metadata.parse("root.json", state.root(anchor), "root");
    Signers.of(root, "root").require(root);
    for (int i = 0; i < MOST_ROTATIONS; i++) {
      String name = (root.version() + 1) + ".root.json";
      Optional<byte[]> next = medium.metadata(name, LONGEST_ROOT);
      if (next.isEmpty()) {
        break;
      }
      Metadata candidate = Metadata.parse(name, next.get(), "root");
      Signers.of(root, "root").require(candidate);
      Signers.of(candidate, "root").require(candidate);
      candidate.requireVersion(root.version() + 1);
      for (String role : List.of("timestamp", "snapshot", "targets")) {
        Signers.of(candidate, role);
      }
      root = candidate;
      state.write("root.json", root.bytes());
    }
    return root;
  }

  /** What is kept counts only while the newest root still trusts its signers. */
  private Optional<Metadata> local(Metadata root, String role) {
    Optional<byte[]> bytes = state.read(role + ".json");
    try {
      Optional<Metadata> local = bytes.map(b -> Metadata.parse(role + ".json", b, role));
      local.ifPresent(Signers.of(root, role)::require);
      return local;
    } catch (KibanException e) {
      // Signed by keys that no longer count: after a compromise its version must not bind.
      return Optional.empty();
    }
  }

  private Metadata timestamp(Medium medium, Metadata root, Instant now) {
    byte[] bytes = medium.need(TIMESTAMP, LONGEST_TIMESTAMP);
    Metadata timestamp = Metadata.parse(TIMESTAMP, bytes, "timestamp");
    Signers.of(root, "timestamp").require(timestamp);
    Optional<Metadata> known = local(root, "timestamp");
    long offered = timestamp.meta(SNAPSHOT).version();
    if (known.isPresent()) {
      Metadata.requireNotOlder(TIMESTAMP, timestamp.version(), known.get().version());
      Metadata.requireNotOlder(SNAPSHOT, offered, known.get().meta(SNAPSHOT).version());
      if (timestamp.version() == known.get().version()) {
        timestamp = known.get();
      }
    }
    timestamp.requireFresh(now);
    state.write(TIMESTAMP, timestamp.bytes());
    return timestamp;
  }

  private Metadata snapshot(
      Medium medium, Metadata root, Metadata.Meta promised, boolean consistent, Instant now) {
    String name = named(SNAPSHOT, promised, consistent);
    Metadata snapshot = fetch(medium, name, "snapshot", promised, LONGEST_SNAPSHOT);
    Signers.of(root, "snapshot").require(snapshot);
    snapshot.requireVersion(promised.version());
    Optional<Metadata> known = local(root, "snapshot");
    if (known.isPresent()) {
      for (Iterator<String> i = known.get().signed().path("meta").fieldNames(); i.hasNext(); ) {
        String file = i.next();
        Metadata.requireNotOlder(
            file, snapshot.meta(file).version(), known.get().meta(file).version());
      }
    }
    snapshot.requireFresh(now);
    state.write(SNAPSHOT, snapshot.bytes());
    return snapshot;
  }

  private Metadata targets(
      Medium medium, Metadata root, Metadata.Meta promised, boolean consistent, Instant now) {
    String name = named(TARGETS, promised, consistent);
    Metadata targets = fetch(medium, name, "targets", promised, LONGEST_TARGETS);
    Signers.of(root, "targets").require(targets);
    targets.requireVersion(promised.version());
    targets.requireFresh(now);
    Target.list(targets);
    Delegation.of(targets);
    state.write(TARGETS, targets.bytes());
    return targets;
  }

  private static String named(String name, Metadata.Meta meta, boolean consistent) {
    return consistent ? meta.version() + "." + name : name;
  }

  private static Metadata fetch(
      Medium medium, String name, String type, Metadata.Meta promised, long most) {
    byte[] bytes = medium.need(name, Math.min(most, promised.length().orElse(most)));
    if (!promised.hashes().matches(bytes)) {
      throw new KibanException(Outcome.REFUSED, UpdateCode.WRONG_HASH, name);
    }
    return Metadata.parse(name, bytes, type);
  }

  /**
   * Copies a target. What has been written must be thrown away if this fails.
   *
   * @param folder with {@code targets/}
   * @throws KibanException if it is not there or is not what was signed
   */
  public static void fetch(Path folder, boolean consistent, Target target, OutputStream out) {
    int slash = target.path().lastIndexOf('/') + 1;
    String name = target.path().substring(slash);
    Path file =
        new Medium(folder)
            .target(
                consistent
                    ? target.path().substring(0, slash) + target.sha256() + "." + name
                    : target.path());
    Hashes.Check check = new Hashes(Map.of("sha256", target.sha256())).check();
    long left = target.length();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        left -= n;
        if (left < 0) {
          throw new KibanException(
              Outcome.REFUSED, UpdateCode.TOO_LONG, target.path(), String.valueOf(target.length()));
        }
        check.update(buffer, n);
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_READ, file, e.toString());
    }
    if (left > 0 || !check.matches()) {
      throw new KibanException(Outcome.REFUSED, UpdateCode.WRONG_HASH, target.path());
    }
  }
}
