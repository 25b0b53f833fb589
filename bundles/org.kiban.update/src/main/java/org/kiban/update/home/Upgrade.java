package org.kiban.update.home;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.kiban.addon.api.AddonChanges;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.Readiness;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.FileBatches;
import org.kiban.update.UpdateCode;
import org.osgi.framework.BundleContext;

/**
 * Changes the version of the whole node: the new one lies beside the old, is tried in its place,
 * and kept if nothing is missing; else the old one goes on (docs/decisions/0012-two-homes.md). Safe
 * for any thread; one change at a time, which the caller sees to.
 */
public final class Upgrade {

  private static final TypeReference<TreeMap<String, TreeMap<String, String>>> FACTS =
      new TypeReference<>() {};

  private final BundleContext context;
  private final NodePaths paths;
  private final DurableFiles files;
  private final Switch change;
  private final Homes homes;
  private final Witness witness;
  private final Path expected;
  private final int limitSeconds;
  private final ObjectMapper mapper = new ObjectMapper();

  /**
   * @param limit that a trial may take
   */
  public Upgrade(
      BundleContext context,
      NodePaths paths,
      DurableFiles files,
      FileBatches batches,
      Readiness readiness,
      Municipalities municipalities,
      AddonChanges addons,
      Duration limit)
      throws IOException {
    this.context = context;
    this.paths = paths;
    this.files = files;
    Path folder = paths.nodeDirectory("update");
    this.change = new Switch(folder, files);
    this.homes = new Homes(Files.createDirectories(folder.resolve("homes")), files, batches);
    this.witness = new Witness(context, readiness, municipalities, addons);
    this.expected = folder.resolve("expected.json");
    this.limitSeconds = (int) limit.toSeconds();
  }

  /** The version that runs. */
  public String version() {
    return running().version();
  }

  private Program running() {
    return program(paths.home());
  }

  private static Program program(Path home) {
    try {
      return Program.of(home);
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_READ, home, e.getMessage());
    }
  }

  /** Whether the version that runs is on trial, and nobody knows yet how it ends. */
  public boolean isOnTrial() {
    return paths.onTrial() && change.onTrial().isPresent();
  }

  /** Why the last trial was not kept; empty if it was. */
  public String why() {
    String why = change.why();
    return why.isEmpty() || why.startsWith("KBN-") ? why : UpdateCode.NOT_UP.line(why);
  }

  /** Once the reason stands in the history. */
  public void forget() {
    change.forget();
  }

  /**
   * Looks into a distribution.
   *
   * @return its version
   */
  public Plan plan(Path file) {
    Archive.Content content = new Archive(file).content();
    homes.requireSpace(content.program());
    return new Plan(
        content.program().version(),
        content.program().size(),
        content.program().files().size(),
        compare(content));
  }

  /**
   * What a distribution would bring.
   *
   * @param version its own
   * @param bytes of its files
   * @param files how many
   * @param etc what it changes in etc/
   */
  public record Plan(String version, long bytes, int files, List<EtcChanges.Change> etc) {

    /** Copies the list. */
    public Plan {
      etc = List.copyOf(etc);
    }

    /** In words, on one line. */
    public String brief() {
      return "%d MiB, %d files, restart, etc/: %d added, %d new defaults, %d of the program"
          .formatted(
              bytes >> 20,
              files,
              count(EtcChanges.What.ADDED),
              count(EtcChanges.What.DEFAULT),
              count(EtcChanges.What.REPLACED) + count(EtcChanges.What.EDITED));
    }

    private long count(EtcChanges.What what) {
      return etc.stream().filter(c -> c.what() == what).count();
    }
  }

  private List<EtcChanges.Change> compare(Archive.Content content) {
    try {
      return new EtcChanges(paths.etc(), paths.home(), running())
          .of(content.program(), content.etc());
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_READ, paths.etc(), e.toString());
    }
  }

  /**
   * Unpacks a distribution and asks for its trial, which begins with {@link #restart}.
   *
   * @param version that it must have
   * @param progress hears every step
   * @throws KibanException if it is refused; nothing has changed then
   */
  public void begin(Path file, String version, Consumer<String> progress) {
    requireLauncher();
    Program next = new Archive(file).content().program();
    requireFormat(next);
    homes.unpack(new Archive(file), next, progress);
    begin(version, false, progress);
  }

  /** Whether an earlier version can be gone back to. */
  public boolean has(String version) {
    return homes.has(version) || isBase(version);
  }

  private boolean isBase(String version) {
    return base().filter(b -> b.version().equals(version)).isPresent();
  }

  private Optional<Program> base() {
    String base = context.getProperty("kiban.base");
    return base == null || base.isBlank() ? Optional.empty() : Optional.of(program(Path.of(base)));
  }

  /** Asks for the trial of an earlier version; as {@link #begin}. */
  public void goBack(String version, Consumer<String> progress) {
    requireLauncher();
    requireFormat(isBase(version) ? base().orElseThrow() : program(homes.home(version)));
    begin(version, true, progress);
  }

  private void begin(String version, boolean back, Consumer<String> progress) {
    Program base = base().orElseThrow();
    String from = change.kept().filter(k -> isOver(k, base)).map(Switch.Change::to).orElse("base");
    String to = back && base.version().equals(version) ? Switch.BASE : version;
    progress.accept("facts written");
    write(witness.facts());
    change.begin(new Switch.Change(to, from, base.shortBuild(), limitSeconds, back));
    progress.accept("trial of " + version + " begins, at most " + limitSeconds + " s");
  }

  private static boolean isOver(Switch.Change kept, Program base) {
    return kept.base().equals(base.shortBuild());
  }

  private void requireLauncher() {
    if (base().isEmpty()) {
      throw new KibanException(Outcome.REFUSED, UpdateCode.NO_LAUNCHER);
    }
    if (change.onTrial().isPresent()) {
      throw new KibanException(Outcome.REFUSED, UpdateCode.ON_TRIAL, change.onTrial().get().to());
    }
  }

  /** The version that goes on with the data must know its format. */
  private void requireFormat(Program next) {
    try {
      Path format = paths.data().resolve("node/format");
      int written = Files.exists(format) ? Integer.parseInt(Files.readString(format).strip()) : 1;
      if (written > next.format()) {
        throw new KibanException(
            Outcome.REFUSED, UpdateCode.OLDER_FORMAT, next.version(), next.format(), written);
      }
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_READ, paths.data(), e.toString());
    }
  }

  private void write(SortedMap<String, SortedMap<String, String>> facts) {
    try {
      byte[] content = mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(facts);
      files.write(expected, out -> out.write(content));
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_WRITTEN, expected, e.toString());
    }
  }

  /** Ends this process in order, so that {@code bin/kiban} chooses the version again. */
  public void restart() {
    try {
      // By these two Karaf's own main class ends with status 10 once the container has stopped.
      System.setProperty("karaf.restart", "true");
      System.setProperty("karaf.restart.jvm", "true");
      context.getBundle(0).stop();
    } catch (org.osgi.framework.BundleException e) {
      throw new IllegalStateException("the container does not stop", e);
    }
  }

  /** What is missing of what the version before wrote down. */
  List<String> missing() {
    try {
      TreeMap<String, SortedMap<String, String>> before = new TreeMap<>();
      before.putAll(mapper.readValue(expected.toFile(), FACTS));
      return witness.missing(before);
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_READ, expected, e.toString());
    }
  }

  boolean isStarting() {
    return witness.isStarting();
  }

  int limitOfTrial() {
    return change.onTrial().map(Switch.Change::limit).orElse(limitSeconds);
  }

  /** The version on trial stays. */
  void keep() {
    change.keep();
  }

  /** Versions older than the last two go. */
  void tidy() {
    Set<String> used = new TreeSet<>(Set.of(version()));
    change.kept().ifPresent(k -> used.addAll(List.of(k.to(), k.from())));
    homes.prune(used);
  }

  void giveUp(String why) {
    change.fail(UpdateCode.WORSE.line(version(), why));
  }
}
