package org.kiban.addon.swap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.kiban.addon.pack.Verified;
import org.kiban.core.KibanException;
import org.kiban.core.NodeState.Difference;
import org.kiban.core.NodeState.Kind;
import org.kiban.core.NodeState.Snapshot;
import org.kiban.core.Outcome;

/**
 * One change of add-ons from beginning to end. Everything before the journal's entry {@link
 * Step#KEPT} can be undone and is, by whoever comes first: this object, or the recovery at the next
 * start. Used once, by one thread.
 */
final class Transaction {

  private final Shop shop;
  private final Operation operation;
  private final String id;
  private final Addon from;
  private final Addon to;
  private final Optional<Verified> verified;
  private final Consumer<Step> progress;

  private final SortedMap<String, Addon> before;
  private final List<String> leftovers = new ArrayList<>();
  private long number;
  private Snapshot snapshot;
  private Configs.Remembered configurations;
  private long pauseNanos;

  Transaction(
      Shop shop,
      Operation operation,
      String id,
      Optional<Verified> verified,
      Consumer<Step> progress) {
    this.shop = shop;
    this.operation = operation;
    this.id = id;
    this.before = shop.journal().installed();
    this.from = before.get(id);
    this.to = verified.map(Addon::of).orElse(null);
    this.verified = verified;
    this.progress = progress;
  }

  /**
   * Does it.
   *
   * @throws KibanException if it did not go well; then everything is as it was before, or the
   *     exception says what is not
   */
  void run() {
    begin();
    try {
      Gate.Before gate = shop.gate().before();
      if (to != null) {
        shop.store().put(verified.orElseThrow(), to);
        reached(Step.STORED);
        requireResolved();
        reached(Step.RESOLVED);
      }
      swap();
      reached(Step.SWAPPED);
      if (to != null) {
        gate.judge(to);
        reached(Step.HEALTHY);
        rehearse();
        gate.judge(to);
        reached(Step.REHEARSED);
      } else {
        leftovers.addAll(shop.world().unforgotten());
      }
      Snapshot now = shop.state().now();
      warnOfFiles(now);
      end(Step.KEPT, Reason.NONE, now.digest(), List.of());
    } catch (KibanException e) {
      throw rollBack(e);
    } catch (IOException e) {
      throw rollBack(notWritable(e));
    } catch (RuntimeException e) {
      throw rollBack(
          new KibanException(
              e, Outcome.FAILED, SwapMessage.NOT_INSTALLABLE, id, OsgiWorld.reason(e)));
    }
    progress.accept(Step.KEPT);
    tidy();
  }

  private void begin() {
    shop.world().watchLoaders();
    try {
      snapshot = shop.state().now();
      configurations = shop.configs().remember();
      shop.noteBefore(snapshot);
      number = shop.journal().next();
      shop.journal()
          .append(
              new Note(
                  number,
                  shop.time(),
                  null,
                  operation,
                  id,
                  from,
                  to,
                  null,
                  null,
                  null,
                  snapshot.digest(),
                  null,
                  0,
                  null));
    } catch (IOException e) {
      throw notWritable(e);
    }
  }

  private void requireResolved() {
    Optional<String> missing = shop.rig().putIn(to);
    if (missing.isPresent()) {
      throw new KibanException(Outcome.REFUSED, SwapMessage.UNRESOLVED, id, missing.get());
    }
  }

  private Collection<Addon> after() {
    Map<String, Addon> after = new TreeMap<>(before);
    if (to == null) {
      after.remove(id);
    } else {
      after.put(id, to);
    }
    return after.values();
  }

  private void swap() {
    long stopped = System.nanoTime();
    leftovers.addAll(shop.rig().takeOut(after()));
    if (to != null) {
      shop.rig().start(to);
      pauseNanos = System.nanoTime() - stopped;
    }
  }

  /** An add-on that cannot be taken out cleanly is not kept: nobody could ever update it. */
  private void rehearse() {
    long began = System.nanoTime();
    List<Addon> without = new ArrayList<>(before.values());
    without.removeIf(a -> a.id().equals(id));
    List<String> threads = shop.rig().takeOut(without);
    if (!threads.isEmpty()) {
      throw leaves(SwapMessage.LEAVES_THREADS, threads);
    }
    List<String> loaders = new ArrayList<>();
    for (String location : shop.world().unforgotten()) {
      to.at(location).ifPresentOrElse(p -> loaders.add(p.shown()), () -> leftovers.add(location));
    }
    if (!loaders.isEmpty()) {
      throw leaves(SwapMessage.LEAVES_LOADERS, loaders);
    }
    requireResolved();
    shop.rig().start(to);
    pauseNanos += System.nanoTime() - began;
  }

  private KibanException leaves(SwapMessage code, List<String> what) {
    return new KibanException(Outcome.FAILED, code, to.id(), to.version(), String.join(", ", what));
  }

  private void reached(Step step) throws IOException {
    shop.journal().append(note(step, Reason.NONE, "", List.of()));
    progress.accept(step);
  }

  private void end(Step step, Reason reason, String digest, List<String> differing)
      throws IOException {
    shop.journal().append(note(step, reason, digest, differing));
  }

  private Note note(Step step, Reason reason, String digest, List<String> differing) {
    return new Note(
        number,
        shop.time(),
        step,
        operation,
        id,
        null,
        null,
        reason.text(),
        reason.code(),
        reason.args(),
        digest,
        differing,
        TimeUnit.NANOSECONDS.toMillis(pauseNanos),
        leftovers);
  }

  /** Makes everything as it was and says so. */
  private KibanException rollBack(KibanException reason) {
    List<String> problems = new ArrayList<>();
    shop.makeSo(before.values(), problems);
    attempt(configurations::restore, problems);
    attempt(() -> shop.store().retain(before.values()), problems);
    Snapshot now = shop.state().now();
    warnOfFiles(now);
    List<String> differing = differing(snapshot, now);
    Reason why = Reason.of(reason);
    // Without this entry the next start finds a transaction without an end and comes to the same.
    attempt(() -> end(Step.ROLLED_BACK, why, now.digest(), differing), problems);
    progress.accept(Step.ROLLED_BACK);
    if (differing.isEmpty()) {
      if (!problems.isEmpty()) {
        String all = String.join("; ", problems);
        SwapMessage trouble = SwapMessage.ROLLED_BACK_WITH_TROUBLE;
        shop.warn(trouble, id, all);
        reason.addSuppressed(new KibanException(Outcome.PARTIAL, trouble, id, all));
      }
      return reason;
    }
    problems.addAll(differing);
    shop.warn(SwapMessage.NOT_EXACT, id, why.text(), String.join("; ", problems));
    return new KibanException(
        reason,
        Outcome.PARTIAL,
        SwapMessage.NOT_EXACT,
        id,
        reason.code().code(),
        String.join("; ", problems));
  }

  /** Something on disk that may fail without keeping the rest from being put back. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static void attempt(Work work, List<String> problems) {
    try {
      work.run();
    } catch (IOException e) {
      problems.add(e.toString());
    }
  }

  /** Names of what is not as it was; what operators edited meanwhile is their business. */
  static List<String> differing(Snapshot before, Snapshot now) {
    return before.differences(now).stream()
        .filter(d -> !d.declared())
        .map(Difference::name)
        .toList();
  }

  /** Nobody can say who changed them: an operator may have, at the same time. */
  private void warnOfFiles(Snapshot now) {
    List<String> files =
        snapshot.differences(now).stream()
            .filter(d -> d.declared() && d.kind() == Kind.FILE)
            .map(Difference::name)
            .toList();
    if (!files.isEmpty()) {
      shop.warn(SwapMessage.FILES_CHANGED, id, String.join(", ", files));
    }
  }

  private void tidy() {
    try {
      shop.store().retain(after());
    } catch (IOException e) {
      // The next transaction or start tries again; the journal says what counts.
      shop.log().debug("the store is tidied later", e);
    }
    if (!leftovers.isEmpty()) {
      shop.warn(SwapMessage.LEFT_BEHIND, id, String.join(", ", leftovers));
    }
  }

  private static KibanException notWritable(IOException e) {
    return new KibanException(e, Outcome.FAILED, SwapMessage.NOT_WRITABLE, e.toString());
  }
}
