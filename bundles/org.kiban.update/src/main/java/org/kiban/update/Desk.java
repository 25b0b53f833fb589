package org.kiban.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.kiban.core.KibanException;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.DurableFiles;
import org.kiban.update.os.OsPackages;
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
  private final List<Part> parts;
  private final Intake intake;
  private final Canary canary;
  private final Policy policy;

  /** While something is swapped: what is offered then changes from moment to moment. */
  private volatile boolean busy;

  Desk(
      NodePaths paths,
      DurableFiles files,
      TrustedClock clock,
      History history,
      Rules rules,
      List<Part> parts)
      throws IOException {
    this.clock = clock;
    this.history = history;
    this.rules = rules;
    this.parts = List.copyOf(parts);
    this.intake = new Intake(paths, files, clock, history, this::part);
    this.canary = new Canary(rules.folder(), paths.nodeName(), rules.first(), rules.soak(), files);
    this.policy = new Policy(rules, history, canary);
    history.open().ifPresent(this::cutOff);
  }

  /** The node went down during an update; what it stands on now tells how that ended. */
  private void cutOff(Note begun) {
    String here = part(begun.kind()).flatMap(p -> p.installed(begun.id())).orElse("");
    Note.What away = begun.what() == Note.What.BEGUN ? Note.What.RETURNED : Note.What.ROLLED_BACK;
    Note.What end = here.equals(begun.to()) ? Note.What.KEPT : away;
    end(begun, end, UpdateCode.CUT_OFF.line(begun.id()));
  }

  private Note end(Note begun, Note.What what, String detail) {
    Note note = begun.then(clock.now(), what, begun.who(), detail);
    history.add(note);
    return note;
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
    return intake.offers().stream().map(this::judge).toList();
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
    for (Offer offer : intake.offers()) {
      steps.add(new Step(judge(offer), effect(offer)));
    }
    return steps;
  }

  private String effect(Offer offer) {
    try {
      return part(offer.kind()).isEmpty()
          ? ""
          : part(offer.kind()).get().plan(offer, intake.file(offer));
    } catch (KibanException e) {
      return e.getMessage();
    }
  }

  private Item judge(Offer offer) {
    return policy.judge(
        offer, intake.installed(offer).orElse(""), part(offer.kind()).isPresent(), clock.now());
  }

  private Offer find(String name) {
    return intake.offers().stream()
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
   * Applies what is due, urgent ones first. Before each it looks at the window again.
   *
   * @param name one update; empty for all
   * @param progress hears the update's name and each step
   * @return how each ended
   * @throws KibanException if the one that is named is not due
   */
  public synchronized List<Note> apply(
      Optional<String> name, String who, BiConsumer<String, String> progress) {
    intake.requireValid();
    List<Note> done = new ArrayList<>();
    for (Offer offer : name.map(n -> List.of(find(n))).orElseGet(intake::offers)) {
      Item item = judge(offer);
      if (item.state() == Item.State.DUE) {
        done.add(put(offer, who, step -> progress.accept(offer.name(), step)));
      } else if (name.isPresent()) {
        throw new KibanException(
            Outcome.REFUSED,
            UpdateCode.NOT_DUE,
            item.name(),
            item.state().english(),
            item.reason() + (item.when() == null ? "" : item.when()));
      }
    }
    return done;
  }

  private Note put(Offer offer, String who, Consumer<String> progress) {
    Path file = intake.file(offer);
    String from = intake.installed(offer).orElse("");
    Note begun = Note.of(clock.now(), Note.What.BEGUN, who, offer, from, "");
    history.add(begun);
    busy = true;
    try {
      part(offer.kind()).orElseThrow().put(offer, file, progress);
      end(begun, Note.What.KEPT, "");
    } catch (KibanException e) {
      LOG.warn("{}", UpdateCode.RETURNED.line(offer.name(), e.getMessage()));
      end(begun, Note.What.RETURNED, e.describe(Locale.ROOT).lines().findFirst().orElse(""));
    } finally {
      busy = false;
    }
    Note end = history.all().get(history.all().size() - 1);
    try {
      canary.report(offer, end.what() == Note.What.KEPT, clock.now());
    } catch (IOException e) {
      LOG.warn("{}", UpdateCode.NOT_WRITTEN.line(rules.folder(), e));
    }
    return end;
  }

  /**
   * Takes the last update of something back.
   *
   * @param progress hears each step
   * @throws KibanException if there is none, or the version before is no longer here
   */
  public synchronized Note rollBack(String id, String who, Consumer<String> progress) {
    Note last =
        history
            .kept(id)
            .orElseThrow(() -> new KibanException(Outcome.USAGE, UpdateCode.NOTHING_TO_UNDO, id));
    Optional<Path> before = packageBefore(last);
    Note going = last.then(clock.now(), Note.What.GOING_BACK, who, "");
    history.add(going);
    busy = true;
    try {
      part(last.kind()).orElseThrow(() -> unknown(id)).back(id, before, progress);
    } catch (KibanException e) {
      end(going, Note.What.KEPT, e.describe(Locale.ROOT).lines().findFirst().orElse(""));
      throw e;
    } finally {
      busy = false;
    }
    return end(going, Note.What.ROLLED_BACK, "");
  }

  private Optional<Path> packageBefore(Note last) {
    if (last.from().isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> file =
        history.file(last.id(), last.from()).map(intake::file).filter(Files::exists);
    if (file.isEmpty()) {
      throw new KibanException(Outcome.REFUSED, UpdateCode.NO_WAY_BACK, last.id(), last.from());
    }
    return file;
  }

  /** What happened, the newest first. */
  public List<Note> history() {
    List<Note> all = new ArrayList<>(history.all());
    Collections.reverse(all);
    return all;
  }

  /**
   * The packages of the operating system; it says what there is also where health does not look.
   */
  public OsPackages os() {
    return OsPackages.ofThisMachine(rules.urgent());
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
