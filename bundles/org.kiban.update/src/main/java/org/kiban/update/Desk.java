package org.kiban.update;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.kiban.core.KibanException;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.DurableFiles;
import org.kiban.update.home.EtcChanges;
import org.kiban.update.tuf.TufClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what the repository offers, waits for approvals and windows, and applies one update
 * after the other. Safe for any thread; one change at a time, the others wait.
 */
public final class Desk {

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  /** Who acts when nobody asked. */
  static final String NODE = "node";

  private final TrustedClock clock;
  private final History history;
  private final Rules rules;
  private final OsDesk os;
  private final List<Part> parts;
  private final Intake intake;
  private final Canary canary;
  private final Policy policy;
  private final Endings endings;

  /** Before the node goes down for a trial. */
  private static final int ANSWER_SECONDS = 1;

  /** While something is swapped: what is offered then changes from moment to moment. */
  private volatile boolean busy;

  Desk(
      NodePaths paths,
      DurableFiles files,
      TrustedClock clock,
      History history,
      Rules rules,
      List<Part> parts,
      OsDesk os)
      throws IOException {
    this.clock = clock;
    this.history = history;
    this.rules = rules;
    this.os = os;
    this.parts = List.copyOf(parts);
    this.intake = new Intake(paths, files, clock, history, this::part);
    this.canary = new Canary(rules.folder(), paths.nodeName(), rules.first(), rules.soak(), files);
    this.policy = new Policy(rules, history, canary);
    this.endings = new Endings(history, canary, clock, this::part);
    this.busy = endings.settleWhatWasCutOff();
  }

  /** A version on trial was kept. */
  public synchronized void settle() {
    endings.settle("");
    busy = false;
  }

  private Optional<Part> part(String kind) {
    return parts.stream().filter(p -> p.kind().equals(kind)).findFirst();
  }

  /**
   * Takes in a repository: verifies it and copies what this node could use.
   *
   * @param repository its folder; null: the one that is configured
   * @throws KibanException if it must not be trusted; nothing changes then but what was seen
   */
  public synchronized Intake.Imported take(Path repository, String who) {
    return intake.take(repository == null ? rules.folder() : repository, who);
  }

  /** The offers and what each waits for, in the order in which they would be applied. */
  public List<Item> items() {
    return offers().stream().map(this::judge).toList();
  }

  private List<Offer> offers() {
    return Stream.concat(intake.offers().stream(), parts.stream().flatMap(p -> p.offers().stream()))
        .sorted(Comparator.comparing(Offer::lane))
        .toList();
  }

  /**
   * What will happen.
   *
   * @param item an offer, and when it is applied
   * @param effect in words, or why it would be refused
   */
  public record Step(Item item, String effect) {}

  /** What will be applied, in which order, and what it would do; looks into every file. */
  public synchronized List<Step> plan() {
    List<Step> steps = new ArrayList<>();
    for (Offer offer : offers()) {
      steps.add(new Step(judge(offer), effect(offer)));
    }
    return steps;
  }

  /** What an update would change in etc/. */
  public synchronized List<EtcChanges.Change> compare(String name) {
    Offer offer = find(name);
    return part(offer.kind()).map(p -> p.changes(offer, file(offer))).orElse(List.of());
  }

  private String effect(Offer offer) {
    try {
      return part(offer.kind()).isEmpty() ? "" : part(offer.kind()).get().plan(offer, file(offer));
    } catch (KibanException e) {
      return e.getMessage();
    }
  }

  private Path file(Offer offer) {
    return offer.isInRepository() ? intake.file(offer) : null;
  }

  private Item judge(Offer offer) {
    return policy.judge(
        offer, intake.installed(offer).orElse(""), part(offer.kind()).isPresent(), clock.now());
  }

  private Offer find(String name) {
    return offers().stream()
        .filter(o -> o.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static KibanException unknown(String name) {
    return new KibanException(Outcome.USAGE, UpdateCode.NO_SUCH_UPDATE, name);
  }

  /** Approves an update; a second approval changes nothing. */
  public synchronized void approve(String name, String who) {
    Offer offer = find(name);
    if (history.approval(offer).isEmpty()) {
      String from = intake.installed(offer).orElse("");
      history.add(Note.of(clock.now(), Note.What.APPROVED, who, offer, from, ""));
    }
  }

  /**
   * Approves all packages of the operating system that are offered in a lane.
   *
   * @return how many were approved now
   */
  public synchronized int approvePackages(Lane lane, String who) {
    List<Item> waiting =
        items().stream()
            .filter(i -> i.kind().equals(PackagesPart.KIND) && i.lane() == lane)
            .filter(i -> i.state().waitsForSomebody())
            .toList();
    waiting.forEach(i -> approve(i.name(), who));
    return waiting.size();
  }

  /**
   * Applies what is due, urgent ones first. Before each it looks at the window again.
   *
   * @param name one update; empty for all
   * @param progress hears the update's name and each step
   * @return how each ended
   * @throws KibanException if the one that is named is not due
   */
  public synchronized List<Note> apply(
      Optional<String> name, String who, BiConsumer<String, String> progress) {
    requireIdle();
    Optional<KibanException> obstacle = Optional.empty();
    List<Note> done = new ArrayList<>();
    for (Offer offer : name.map(n -> List.of(find(n))).orElseGet(this::offers)) {
      if (busy) {
        break;
      }
      Item item = judge(offer);
      boolean due = item.state() == Item.State.DUE && !item.from().equals(item.to());
      Optional<KibanException> its = due ? intake.obstacle(offer) : Optional.empty();
      if (its.isPresent()) {
        obstacle = its;
        LOG.warn("{}", its.get().getMessage());
      } else if (due) {
        done.add(put(offer, who, step -> progress.accept(offer.name(), step)));
      } else if (name.isPresent()) {
        throw notDue(item);
      }
    }
    if (done.isEmpty() && obstacle.isPresent()) {
      throw obstacle.get();
    }
    return done;
  }

  private static KibanException notDue(Item item) {
    return new KibanException(
        Outcome.REFUSED,
        UpdateCode.NOT_DUE,
        item.name(),
        "%s / %s".formatted(item.state().japanese(), item.state().english()),
        item.reason() + (item.when() == null ? "" : item.when()));
  }

  private Note put(Offer offer, String who, Consumer<String> progress) {
    Path file = file(offer);
    String from = intake.installed(offer).orElse("");
    Note begun = Note.of(clock.now(), Note.What.BEGUN, who, offer, from, "");
    history.add(begun);
    busy = true;
    try {
      Part part = part(offer.kind()).orElseThrow();
      Optional<String> kept = part.put(offer, file, progress);
      if (kept.isEmpty()) {
        return goesOn(part, begun);
      }
      endings.end(begun, Note.What.KEPT, kept.get());
    } catch (KibanException e) {
      Note.What what = endings.failure(offer.kind());
      LOG.warn("{}", what.code().line(offer.name(), e.getMessage()));
      endings.end(begun, what, e.describe(Locale.ROOT).lines().findFirst().orElse(""));
    } finally {
      busy = history.open().isPresent();
    }
    Note end = history.all().get(history.all().size() - 1);
    canary.report(begun, end.what() == Note.What.KEPT, clock.now());
    return end;
  }

  /** The next start tells how it ends; it comes once whoever asked has had the answer. */
  private Note goesOn(Part part, Note begun) {
    CompletableFuture.delayedExecutor(ANSWER_SECONDS, TimeUnit.SECONDS).execute(part::goOn);
    return begun;
  }

  private void requireIdle() {
    if (busy) {
      String what = history.open().map(n -> n.id() + "-" + n.to()).orElse("");
      throw new KibanException(Outcome.REFUSED, UpdateCode.ON_TRIAL, what);
    }
  }

  /**
   * Takes the last update of something back.
   *
   * @param progress hears each step
   * @throws KibanException if there is none, or the version before is no longer here
   */
  public synchronized Note rollBack(String id, String who, Consumer<String> progress) {
    requireIdle();
    Note last =
        history
            .kept(id)
            .orElseThrow(() -> new KibanException(Outcome.USAGE, UpdateCode.NOTHING_TO_UNDO, id));
    Part part = part(last.kind()).orElseThrow(() -> unknown(id));
    part.requireWayBack(last);
    boolean none = last.from().isEmpty() || part.keeps(last.from());
    Optional<Path> before = none ? Optional.empty() : Optional.of(intake.packageBefore(last));
    Note going = last.then(clock.now(), Note.What.GOING_BACK, who, "");
    history.add(going);
    busy = true;
    try {
      if (!part.back(id, last.from(), before, progress)) {
        return goesOn(part, going);
      }
      return endings.end(going, Note.What.ROLLED_BACK, "");
    } catch (KibanException e) {
      endings.end(going, Note.What.KEPT, e.describe(Locale.ROOT).lines().findFirst().orElse(""));
      throw e;
    } finally {
      busy = history.open().isPresent();
    }
  }

  /** What happened, the newest first. */
  public List<Note> history() {
    List<Note> all = new ArrayList<>(history.all());
    Collections.reverse(all);
    return all;
  }

  /** The packages of the operating system. */
  public OsDesk os() {
    return os;
  }

  /** How updates are. */
  public UpdateStatus status() {
    return UpdateStatus.of(this, clock.now());
  }

  Optional<TufClient.Trusted> trusted() {
    return intake.trusted();
  }

  boolean isBusy() {
    return busy;
  }

  Rules rules() {
    return rules;
  }

  /** When the newest state was first seen; empty if none ever was. */
  Optional<Instant> newestSeen() {
    return history.last(n -> n.what() == Note.What.IMPORTED).map(Note::at);
  }

  /** Ids of what can be taken back. */
  public List<String> undoable() {
    return history.all().stream()
        .map(Note::id)
        .distinct()
        .filter(id -> history.kept(id).isPresent())
        .toList();
  }
}
