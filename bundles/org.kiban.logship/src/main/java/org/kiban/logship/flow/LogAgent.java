package org.kiban.logship.flow;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.Journal;
import org.kiban.logship.LogCode;
import org.kiban.logship.local.Archive;
import org.kiban.logship.local.LocalStore;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.SourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs of one municipality: looks at its sources, sends, answers operators. Thread-safe. */
public final class LogAgent {

  private static final Logger LOG = LoggerFactory.getLogger(LogAgent.class);

  private final String code;
  private final Watcher watcher;
  private final List<Line> lines;
  private final Optional<LocalStore> local;
  private final Journal journal;
  private final Evidence evidence;
  private final Duration keepEvidence;
  private final int pollMillis;
  private final ScheduledExecutorService looker;

  LogAgent(
      String code,
      Watcher watcher,
      List<Line> lines,
      Optional<LocalStore> local,
      Journal journal,
      Evidence evidence,
      Duration keepEvidence,
      int pollMillis) {
    this.code = code;
    this.watcher = watcher;
    this.lines = List.copyOf(lines);
    this.local = local;
    this.journal = journal;
    this.evidence = evidence;
    this.keepEvidence = keepEvidence;
    this.pollMillis = pollMillis;
    this.looker =
        Executors.newSingleThreadScheduledExecutor(
            r -> new Thread(r, "kiban-logship-" + code + "-look"));
  }

  void start() {
    looker.scheduleWithFixedDelay(this::look, 0, pollMillis, TimeUnit.MILLISECONDS);
    looker.scheduleWithFixedDelay(this::expire, 1, 60, TimeUnit.MINUTES);
    lines.forEach(Line::start);
  }

  private void look() {
    watcher.look();
    for (org.kiban.logship.source.Stream stream : watcher.streams()) {
      try {
        stream.release(everywhere(stream.origin().id()));
      } catch (IOException e) {
        LOG.warn("{}", LogCode.STATE_FAILED.line(e.getMessage()));
      }
    }
  }

  /** How far all destinations have a stream. */
  private long everywhere(SourceId id) {
    return lines.stream()
        .mapToLong(
            line ->
                line.shipper().lanes().stream()
                    .filter(lane -> lane.stream().origin().id().equals(id))
                    .mapToLong(lane -> lane.acknowledged().offset())
                    .findAny()
                    .orElse(0))
        .min()
        .orElse(0);
  }

  private void expire() {
    try {
      if (local.isPresent()) {
        local.get().expire();
      }
      if (!keepEvidence.isZero()) {
        evidence.expire(Instant.now(), keepEvidence);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}", LogCode.STATE_FAILED.line(e.getMessage()));
    }
  }

  /** The names of the destinations, in the order of the configuration. */
  public List<String> destinations() {
    return lines.stream().map(l -> l.shipper().name()).toList();
  }

  /** How far each stream is to each destination; answered from memory. */
  public List<Report.Status> status() {
    return lines.stream().flatMap(l -> status(l.shipper())).toList();
  }

  private Stream<Report.Status> status(Shipper shipper) {
    if (shipper.lanes().isEmpty()) {
      return Stream.of(
          new Report.Status(shipper.name(), "", "", 0, 0, 0, 0, problem(shipper.problem())));
    }
    return shipper.lanes().stream()
        .map(
            l ->
                new Report.Status(
                    shipper.name(),
                    l.stream().origin().source(),
                    l.stream().place(),
                    Math.max(l.stream().size(), l.acknowledged().offset()),
                    l.acknowledged().offset(),
                    l.acknowledged().events(),
                    l.waiting(),
                    l.problem().isEmpty() ? problem(shipper.problem()) : l.problem()));
  }

  private String problem(String ofDestination) {
    Map<String, String> ofSources = watcher.problems();
    return ofDestination.isEmpty() ? String.join("; ", ofSources.values()) : ofDestination;
  }

  /**
   * Compares what was sent with what each destination says it has now: first a sum for each, then
   * what differs.
   *
   * @throws KibanException if a destination cannot be asked
   */
  public List<Report.Gap> gaps() {
    List<Report.Gap> sums = new ArrayList<>();
    List<Report.Gap> gaps = new ArrayList<>();
    for (Line line : lines) {
      List<Report.Gap> all = line.ask(() -> line.shipper().compare());
      sums.add(
          new Report.Gap(
              line.shipper().name(),
              "",
              "",
              all.stream().mapToLong(Report.Gap::sent).sum(),
              all.stream().mapToLong(g -> Math.max(0, g.stored())).sum(),
              0,
              all.stream().anyMatch(g -> g.verdict() == Report.Verdict.UNCONFIRMED)
                  ? Report.Verdict.UNCONFIRMED
                  : Report.Verdict.OK,
              ""));
      all.stream().filter(g -> g.verdict().isGap()).forEach(gaps::add);
    }
    losses().forEach(e -> gaps.add(lost(e)));
    sums.addAll(gaps);
    return sums;
  }

  private static Report.Gap lost(Evidence.Entry e) {
    boolean ofBytes = e.reason().isEmpty();
    return new Report.Gap(
        e.destination(),
        e.source(),
        e.name(),
        0,
        0,
        ofBytes ? e.to() - e.from() : 0,
        Report.Verdict.LOST,
        ofBytes
            ? "bytes %d–%d, deleted before they were sent; found %s"
                .formatted(e.from(), e.to(), e.at())
            : e.reason());
  }

  /** Walks the record of what was sent, the local store, and compares chains with destinations. */
  public List<Report.Verified> verify() {
    List<Report.Verified> all = new ArrayList<>();
    try {
      all.add(new Report.Verified("evidence", evidence.size(), evidence.verify()));
    } catch (IOException e) {
      all.add(new Report.Verified("evidence", 0, List.of(e.toString())));
    }
    for (Line line : lines) {
      List<Report.Gap> compared = line.ask(() -> line.shipper().compare());
      all.add(
          new Report.Verified(
              line.shipper().name(),
              compared.size(),
              compared.stream()
                  .filter(g -> g.verdict().isGap())
                  .map(g -> g.name() + ": " + g.verdict())
                  .toList()));
    }
    local.ifPresent(store -> all.add(walk(store)));
    return all;
  }

  private static Report.Verified walk(LocalStore store) {
    Map<SourceId, Position> ends = new java.util.HashMap<>();
    List<String> problems = new ArrayList<>();
    long[] segments = {0};
    try {
      store.read(
          (stored, segment) -> {
            segments[0]++;
            Position end = ends.put(segment.origin().id(), segment.after());
            if (end != null && !end.equals(segment.before())) {
              problems.add(segment.origin().name() + ": a segment is missing at " + end.offset());
            }
          });
    } catch (IOException e) {
      problems.add(e.getMessage());
    }
    return new Report.Verified("local segments", segments[0], problems);
  }

  /**
   * Sends from the local store what a destination lacks.
   *
   * @param destination its name
   * @throws KibanException if there is no such destination, or no local store
   */
  public Report.Replayed replay(String destination) {
    LocalStore store = store();
    Line line = line(destination);
    return line.ask(() -> line.shipper().replay(store));
  }

  private Line line(String destination) {
    return lines.stream()
        .filter(l -> l.shipper().name().equals(destination))
        .findFirst()
        .orElseThrow(
            () ->
                new KibanException(Outcome.USAGE, LogCode.NO_SUCH_DESTINATION, code, destination));
  }

  /**
   * What destinations refused for good and is kept here.
   *
   * @throws KibanException if it cannot be read
   */
  public List<Report.Dead> dead() {
    List<Report.Dead> all = new ArrayList<>();
    for (Line line : lines) {
      try {
        line.shipper()
            .dead()
            .forEach(letter -> all.add(new Report.Dead(line.shipper().name(), letter)));
      } catch (IOException e) {
        throw new KibanException(e, Outcome.FAILED, LogCode.STATE_FAILED, e.getMessage());
      }
    }
    return all;
  }

  /**
   * Tries what a destination refused once more, or throws it away; both are recorded.
   *
   * @param destination its name
   * @param giveUp whether it is thrown away
   * @throws KibanException if there is no such destination, or it cannot be reached
   */
  public Report.Replayed settleDead(String destination, boolean giveUp) {
    Line line = line(destination);
    return line.ask(() -> line.shipper().settleDead(giveUp));
  }

  /** What is kept on this node, if anything is. */
  public Optional<Archive> archive() {
    return local.map(Archive.class::cast);
  }

  private LocalStore store() {
    return local.orElseThrow(() -> new KibanException(Outcome.FAILED, LogCode.NO_LOCAL, code));
  }

  /**
   * Takes note of everything that was lost: it is told no longer, and stays in the record.
   *
   * @param reason why nothing can be done about it, in the operator's words
   * @return what it was
   * @throws KibanException if it cannot be written down
   */
  public List<Report.Gap> accept(String reason) {
    List<Evidence.Entry> losses = losses();
    try {
      evidence.accept(Instant.now(), losses, reason);
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, LogCode.STATE_FAILED, e.getMessage());
    }
    for (Evidence.Entry e : losses) {
      lines.stream()
          .map(Line::shipper)
          .filter(s -> s.name().equals(e.destination()))
          .forEach(s -> s.acceptLoss(new SourceId(e.id())));
    }
    return losses.stream().map(LogAgent::lost).toList();
  }

  private List<Evidence.Entry> losses() {
    try {
      return evidence.losses();
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, LogCode.STATE_FAILED, e.getMessage());
    }
  }

  /** Stops; what is under way counts as not sent. */
  public void close() throws IOException {
    looker.shutdown();
    try {
      looker.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lines.forEach(Line::stop);
    watcher.close();
    journal.close();
  }
}
