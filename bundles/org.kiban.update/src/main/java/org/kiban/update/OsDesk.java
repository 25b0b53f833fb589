package org.kiban.update;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.TrustedClock;
import org.kiban.update.os.OsPackages;
import org.kiban.update.os.Pending;
import org.kiban.update.os.Source;
import org.kiban.update.os.SourceMemory;

/** What commands and health ask about packages of the operating system. Safe for any thread. */
public final class OsDesk {

  private final OsPackages packages;
  private final SourceMemory memory;
  private final Optional<PackagesPart> part;
  private final TrustedClock clock;
  private volatile String unread = "";

  /**
   * @param part brings packages; empty if operators do not want that
   */
  OsDesk(
      OsPackages packages, SourceMemory memory, Optional<PackagesPart> part, TrustedClock clock) {
    this.clock = clock;
    this.packages = packages;
    this.memory = memory;
    this.part = part;
  }

  /**
   * A source and what is remembered of it.
   *
   * @param file its name among apt's lists
   * @param origin {@code <label>:<version>/<suite>}
   * @param date when that was signed which apt has
   * @param validUntil until when that counts
   * @param security whether it brings security updates
   * @param newest when the newest metadata was signed that this node ever saw; null if none
   * @param offered when that was signed which the source offered last; null if nobody asked
   * @param code what is wrong; empty if nothing
   */
  public record Known(
      String file,
      String origin,
      Instant date,
      Instant validUntil,
      boolean security,
      Instant newest,
      Instant offered,
      String code) {}

  /** What has newer versions; asks apt, which takes seconds. */
  public List<Pending> pending() {
    return packages.pending();
  }

  /** What is installed. */
  public List<OsPackages.Installed> installed() {
    return packages.installed();
  }

  /** The sources that apt knows, each with what this node remembers of it. */
  public List<Known> sources() {
    Instant now = clock.now();
    return packages.sources().stream().map(s -> known(s, now)).toList();
  }

  private Known known(Source source, Instant now) {
    Optional<SourceMemory.Seen> seen = memory.of(source.file());
    Optional<UpdateCode> problem = seen.map(SourceMemory.Seen::problem);
    return new Known(
        source.file(),
        source.origin(),
        source.date(),
        source.validUntil(),
        source.security(),
        seen.map(SourceMemory.Seen::newest).orElse(null),
        seen.map(SourceMemory.Seen::offered).orElse(null),
        problem
            .or(() -> source.isOver(now) ? Optional.of(UpdateCode.OS_OVER) : Optional.empty())
            .map(UpdateCode::code)
            .orElse(""));
  }

  /** Names of the sources of which something is remembered. */
  public List<String> remembered() {
    return memory.names();
  }

  /** Begins anew with a source, after operators found out why it went back. */
  public void forget(String source) {
    memory.forget(source);
  }

  /**
   * Asks the sources anew where packages are applied, else looks at what apt has.
   *
   * @throws KibanException if a source cannot be had or went back
   */
  public void look() {
    try {
      if (part.isPresent()) {
        part.get().refresh();
      } else {
        memory.note(packages.sources());
      }
      unread = "";
    } catch (KibanException e) {
      unread = e.getMessage();
      throw e;
    }
  }

  /**
   * Asks the sources anew.
   *
   * @throws KibanException if packages are not applied here, a source cannot be had, or went back
   */
  public void refresh() {
    if (part.isEmpty()) {
      throw new KibanException(Outcome.REFUSED, UpdateCode.OS_ONLY_LOOKED_AT);
    }
    look();
  }

  /**
   * What is wrong with the sources; empty if nothing is.
   *
   * @param oldest the age of metadata that is still good
   */
  Optional<String> problem(Instant now, Duration oldest) {
    Optional<String> back = memory.problem().map(KibanException::getMessage);
    if (back.isPresent() || !unread.isEmpty()) {
      return back.or(() -> Optional.of(unread));
    }
    Optional<String> over =
        packages.sources().stream()
            .filter(s -> s.isOver(now))
            .findFirst()
            .map(s -> UpdateCode.OS_OVER.line(s.origin(), s.validUntil()));
    return over.or(
        () ->
            packages
                .stale(now, oldest)
                .map(s -> UpdateCode.OS_STALE.line(s.origin(), String.valueOf(s.date()))));
  }
}
