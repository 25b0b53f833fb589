package org.kiban.update;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.kiban.core.Digests;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.update.os.AptHelper;
import org.kiban.update.os.OsPackages;
import org.kiban.update.os.Pending;
import org.kiban.update.os.SourceMemory;
import org.kiban.update.tuf.Target;

/**
 * Packages of the operating system, each one thing of its own: what apt would bring is offered, a
 * helper of root brings it. What is offered is what the last look found; looking takes seconds.
 *
 * @param packages asks apt and dpkg
 * @param helper changes what is installed
 * @param memory knows which sources went back
 * @param found what the last look found
 */
record PackagesPart(OsPackages packages, AptHelper helper, SourceMemory memory, Found found)
    implements Part {

  static final String KIND = "package";

  /** What the last look found. */
  static final class Found {
    private volatile List<Offer> offers = List.of();
    private volatile Map<String, String> installed = Map.of();
  }

  @Override
  public String kind() {
    return KIND;
  }

  /**
   * Asks the sources anew; then what they offer is offered here.
   *
   * @throws KibanException if a source cannot be had, or offers older metadata than it once did
   */
  void refresh() {
    try {
      memory.note(packages.offered(helper.refresh()));
    } finally {
      look();
    }
    memory.problem().ifPresent(this::refuse);
  }

  private void refuse(KibanException problem) {
    throw problem;
  }

  /** Looks at what is installed and what apt's lists offer. */
  void look() {
    memory.noteKept(packages.sources());
    found.installed = inventory();
    // What comes new comes with what needs it.
    found.offers =
        packages.pending().stream().filter(p -> !p.from().isEmpty()).map(this::offer).toList();
  }

  /** Versions by name; a package of a foreign architecture has that in its name, as apt says it. */
  private Map<String, String> inventory() {
    Map<String, String> inventory = new TreeMap<>();
    packages
        .installed()
        .forEach(
            p -> {
              inventory.putIfAbsent(p.name(), p.version());
              inventory.put(p.name() + ":" + p.architecture(), p.version());
            });
    return inventory;
  }

  private Offer offer(Pending pending) {
    String name = "%s %s %s".formatted(KIND, pending.name(), pending.to());
    Target target =
        new Target(
            "",
            0,
            Digests.sha256(name.getBytes(StandardCharsets.UTF_8)),
            JsonNodeFactory.instance.objectNode(),
            Instant.MAX);
    String from = String.join(", ", pending.origins());
    return new Offer(KIND, pending.name(), pending.to(), pending.lane(), from, from, target);
  }

  @Override
  public List<Offer> offers() {
    return found.offers;
  }

  @Override
  public Optional<String> installed(String id) {
    return Optional.ofNullable(found.installed.get(id));
  }

  @Override
  public String plan(Offer offer, Path file) {
    helper.requireSafe();
    memory.problem().ifPresent(this::refuse);
    return String.join(", ", packages.with(offer.id(), offer.version()));
  }

  @Override
  public Optional<String> put(Offer offer, Path file, Consumer<String> progress) {
    memory.problem().ifPresent(this::refuse);
    Map<String, String> before = inventory();
    progress.accept("apt-get install " + offer.id() + "=" + offer.version());
    try {
      helper.install(offer.id(), offer.version());
    } catch (KibanException e) {
      look();
      String changed = changes(before, found.installed);
      throw changed.isEmpty()
          ? e
          : new KibanException(
              e, Outcome.PARTIAL, UpdateCode.OS_PARTLY, offer.name(), e.getMessage(), changed);
    }
    look();
    String now = found.installed.getOrDefault(offer.id(), "");
    if (!now.equals(offer.version())) {
      throw new KibanException(
          Outcome.FAILED, UpdateCode.OS_NOT_THERE, offer.id(), offer.version(), now);
    }
    return Optional.of(changes(before, found.installed));
  }

  /** What differs between two inventories: with the history, every inventory can be told. */
  private static String changes(Map<String, String> before, Map<String, String> after) {
    Map<String, String> all = new TreeMap<>(before);
    all.putAll(after);
    return all.keySet().stream()
        .filter(name -> name.contains(":"))
        .filter(name -> !before.getOrDefault(name, "").equals(after.getOrDefault(name, "")))
        .map(
            name ->
                "%s %s → %s"
                    .formatted(name, before.getOrDefault(name, "-"), after.getOrDefault(name, "-")))
        .collect(Collectors.joining(", "));
  }

  @Override
  public boolean comesBack() {
    return false;
  }

  @Override
  public void requireWayBack(Note last) {
    throw new KibanException(
        Outcome.REFUSED,
        UpdateCode.OS_NO_WAY_BACK,
        last.id(),
        last.to(),
        last.from(),
        last.detail());
  }

  @Override
  public boolean back(String id, String version, Optional<Path> file, Consumer<String> progress) {
    throw new IllegalStateException("refused before: " + id);
  }
}
