package org.kiban.node.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.kiban.core.KibanException;
import org.kiban.core.MessageCode;
import org.kiban.core.NodeState;
import org.kiban.core.Outcome;
import org.kiban.node.NodeMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the desired state and finds out what differs from it. Safe for any thread. */
final class StateKeeper implements NodeState {

  private final Logger log = LoggerFactory.getLogger(StateKeeper.class);
  private final Facts facts;
  private final Baseline baseline;
  private final BooleanSupplier booted;
  private final ReentrantLock lock = new ReentrantLock();

  private Snapshot last;
  private Set<Difference> lastDifferences = Set.of();
  private volatile Set<Difference> reported = Set.of();

  /**
   * @param booted whether the container has all that it boots with; what is changed earlier only
   *     makes again what was there
   */
  StateKeeper(Facts facts, Baseline baseline, BooleanSupplier booted) {
    this.facts = facts;
    this.baseline = baseline;
    this.booted = booted;
  }

  @Override
  public Snapshot now() {
    return facts.gather();
  }

  @Override
  public List<Difference> differences() {
    lock.lock();
    try {
      return differences(now());
    } finally {
      lock.unlock();
    }
  }

  private List<Difference> differences(Snapshot now) {
    return baseline.snapshot().map(b -> b.differences(now)).orElse(List.of());
  }

  /** What has been reported and still holds. */
  Set<Difference> reported() {
    return reported;
  }

  @Override
  public <T> T change(Callable<T> work) throws Exception {
    lock.lock();
    try {
      if (lock.getHoldCount() > 1 || baseline.snapshot().isEmpty() || !booted.getAsBoolean()) {
        return work.call();
      }
      Snapshot before = now();
      try {
        return work.call();
      } finally {
        baseline.absorb(before.differences(now()));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Difference> accept() {
    lock.lock();
    try {
      Snapshot now = now();
      List<Difference> accepted = differences(now);
      baseline.replace(now);
      reported = Set.of();
      lastDifferences = Set.of();
      return accepted;
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      lock.unlock();
    }
  }

  private static KibanException unwritable(IOException e) {
    return new KibanException(
        e, Outcome.FAILED, NodeMessages.STATE_UNWRITABLE, e.getClass().getSimpleName());
  }

  /** Takes over a file that the node has written itself. */
  void written(Path file) {
    facts.name(file).ifPresent(name -> vouch(d -> d.kind() == Kind.FILE && d.name().equals(name)));
  }

  @Override
  public void vouch(Predicate<Difference> own) {
    lock.lock();
    try {
      if (baseline.snapshot().isPresent()) {
        baseline.absorb(differences(now()).stream().filter(own).toList());
      }
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Looks once, unless a change is under way; reports what two looks in a row have found. The first
   * two looks that agree after the first start make the desired state.
   */
  void look() throws IOException {
    if (!lock.tryLock()) {
      return;
    }
    try {
      Snapshot now = now();
      if (baseline.snapshot().isEmpty()) {
        if (last != null && last.digest().equals(now.digest())) {
          baseline.replace(now);
        }
        last = now;
        return;
      }
      Set<Difference> differences = Set.copyOf(differences(now));
      Set<Difference> sure =
          differences.stream().filter(lastDifferences::contains).collect(Collectors.toSet());
      sure.stream().filter(d -> !reported.contains(d)).forEach(this::report);
      reported = Set.copyOf(sure);
      lastDifferences = differences;
    } finally {
      lock.unlock();
    }
  }

  private void report(Difference difference) {
    NodeMessages code = difference.declared() ? NodeMessages.EDITED : NodeMessages.NOT_AS_DESIRED;
    String text = line(code, difference);
    if (difference.declared()) {
      log.info("{}", text);
    } else {
      log.warn("{}", text);
    }
  }

  /** Code, text and next step on one line, in the node's language. */
  private static String line(MessageCode code, Difference difference) {
    Locale locale = Locale.getDefault();
    return code.code()
        + ": "
        + code.text(locale, what(difference, locale))
        + " → "
        + code.action(locale);
  }

  /** Kind, name, and what has become of it. */
  static String what(Difference difference, Locale locale) {
    boolean japanese = Locale.JAPANESE.getLanguage().equals(locale.getLanguage());
    String change =
        difference.wanted().isEmpty()
            ? japanese ? "追加" : "added"
            : difference.found().isEmpty()
                ? japanese ? "消失" : "missing"
                : japanese ? "変更" : "changed";
    return difference.kind().name().toLowerCase(Locale.ROOT)
        + " "
        + difference.name()
        + " "
        + change
        + detail(difference);
  }

  /** Of a bundle, what is shorter than two hashes. */
  private static String detail(Difference difference) {
    boolean both = !difference.wanted().isEmpty() && !difference.found().isEmpty();
    return both && difference.kind() == Kind.BUNDLE
        ? " (" + shortened(difference.wanted()) + " → " + shortened(difference.found()) + ")"
        : "";
  }

  static String shortened(String value) {
    return value.replaceAll("(sha256=[0-9a-f]{8})[0-9a-f]+", "$1…");
  }
}
