package org.kiban.addon.swap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.kiban.core.KibanException;
import org.kiban.core.NodeState;
import org.kiban.core.Outcome;

/**
 * A container, a file system and configurations that can be killed before any operation on them.
 * What has happened stays; bundles that ran do not run after the kill, as in the real container.
 */
final class FakeNode implements World, NodeState, Configs, Gate {

  /** The end of the process. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  final Map<String, Boolean> bundles = new LinkedHashMap<>();
  final Set<String> configurations = new TreeSet<>();
  final List<String> touched = new ArrayList<>();
  private final Path store;

  /** Operations before the kill; never, if negative. */
  int left = -1;

  String unresolvable = "";
  String failing = "";
  String hopeless = "";
  String threads = "";
  String loaders = "";

  /** Whether putting configurations back fails, after it was done. */
  boolean unrestorable;

  FakeNode(Path store) {
    this.store = store;
  }

  /**
   * Counts an operation on the world, and ends the process instead of it when its time has come.
   */
  void operation() {
    if (left == 0) {
      throw new Killed();
    }
    left--;
  }

  void reboot() {
    bundles.replaceAll((location, running) -> false);
    left = -1;
  }

  @Override
  public Set<String> locations() {
    return new java.util.LinkedHashSet<>(bundles.keySet());
  }

  @Override
  public void install(Piece piece, Path jar) {
    operation();
    if (!Files.exists(jar)) {
      throw new KibanException(
          Outcome.FAILED, SwapMessage.NOT_INSTALLABLE, piece.shown(), "no " + jar);
    }
    bundles.put(piece.location(), false);
  }

  @Override
  public Optional<String> resolve(Collection<String> locations) {
    operation();
    return locations.stream().filter(l -> matches(l, unresolvable)).findFirst();
  }

  private static boolean matches(String location, String version) {
    return !version.isEmpty() && location.contains("/" + version + "/");
  }

  @Override
  public boolean isRunning(String location) {
    return bundles.getOrDefault(location, false);
  }

  @Override
  public void start(String location) {
    operation();
    touched.add("start " + location);
    if (matches(location, failing)) {
      configurations.add("made.while.failing");
      throw new KibanException(Outcome.FAILED, SwapMessage.START_FAILS, location, "sabotage");
    }
    bundles.put(location, true);
  }

  @Override
  public List<String> remove(List<String> locations) {
    List<String> left = new ArrayList<>();
    for (String location : locations) {
      operation();
      if (bundles.remove(location)) {
        touched.add("stop " + location);
      }
      if (matches(location, threads)) {
        left.add("leak");
      }
    }
    return left;
  }

  @Override
  public void watchLoaders() {
    touched.add("watch");
  }

  @Override
  public List<String> unforgotten() {
    return loaders.isEmpty()
        ? List.of()
        : List.of(Piece.location("jp.example.tea", "jp.example.tea", loaders, "0".repeat(64)));
  }

  @Override
  public Optional<String> holder(Piece piece) {
    return Optional.empty();
  }

  @Override
  public Set<String> dependents(Collection<String> locations) {
    return new TreeSet<>();
  }

  @Override
  public Snapshot now() {
    List<Fact> facts = new ArrayList<>();
    bundles.forEach((l, r) -> facts.add(new Fact(Kind.BUNDLE, l, r.toString(), false)));
    configurations.forEach(c -> facts.add(new Fact(Kind.CONFIGURATION, c, "", false)));
    if (Files.exists(store)) {
      try (Stream<Path> files = Files.walk(store)) {
        files
            .filter(Files::isRegularFile)
            .forEach(
                f -> facts.add(new Fact(Kind.FILE, store.relativize(f).toString(), "", false)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Snapshot.of(facts);
  }

  @Override
  public List<Difference> differences() {
    return List.of();
  }

  @Override
  public <T> T change(Callable<T> work) throws Exception {
    return work.call();
  }

  @Override
  public void vouch(Predicate<Difference> own) {
    touched.add("vouch");
  }

  @Override
  public List<Difference> accept() {
    return List.of();
  }

  @Override
  public Remembered remember() {
    Set<String> before = new TreeSet<>(configurations);
    return () -> {
      operation();
      configurations.retainAll(before);
      if (unrestorable) {
        throw new IOException("no room");
      }
    };
  }

  @Override
  public void retain(Set<String> pids) {
    configurations.retainAll(pids);
  }

  @Override
  public Before before() {
    return addon -> {
      operation();
      if (addon.version().equals(hopeless)) {
        throw new KibanException(
            Outcome.FAILED, SwapMessage.UNHEALTHY, addon.id(), addon.version(), "sabotage");
      }
    };
  }
}
