package org.kiban.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.kiban.core.KibanException;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.DurableFiles;
import org.kiban.update.tuf.TufClient;

/** What came in from the repository, verified, and its files. One change at a time. */
public final class Intake {

  private final Path folder;
  private final Path anchor;
  private final DurableFiles files;
  private final TrustedClock clock;
  private final History history;
  private final Function<String, Optional<Part>> part;
  private final Store store;

  /** What was trusted last; read anew only when something was imported. */
  private volatile Optional<TufClient.Trusted> trusted;

  Intake(
      NodePaths paths,
      DurableFiles files,
      TrustedClock clock,
      History history,
      Function<String, Optional<Part>> part)
      throws IOException {
    this.folder = paths.nodeDirectory("update");
    this.anchor = paths.etc().resolve("update/root.json");
    this.files = files;
    this.clock = clock;
    this.history = history;
    this.part = part;
    this.store = new Store(Files.createDirectories(folder.resolve("store")), files);
    this.trusted = Files.exists(anchor) ? client().known() : Optional.empty();
  }

  Optional<TufClient.Trusted> trusted() {
    return trusted;
  }

  Optional<String> installed(Offer offer) {
    return part.apply(offer.kind()).flatMap(p -> p.installed(offer.id()));
  }

  List<Offer> offers() {
    return trusted.map(t -> Offer.newest(t.targets(), this::installed)).orElse(List.of());
  }

  Path file(String sha256) {
    return store.file(sha256);
  }

  private TufClient client() {
    try {
      if (!Files.exists(anchor)) {
        throw new KibanException(Outcome.REFUSED, UpdateCode.NO_ANCHOR, anchor);
      }
      Path metadata = Files.createDirectories(folder.resolve("metadata"));
      return new TufClient(metadata, files, Files.readAllBytes(anchor));
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.NOT_READ, anchor, e.toString());
    }
  }

  /**
   * What an import brought.
   *
   * @param version of the repository's state
   * @param expires until when it counts
   * @param offers how many updates it has for this node
   * @param copied how many files were copied
   * @param leftOut roles that are not well, so that what they sign is not offered
   */
  public record Imported(
      long version, Instant expires, int offers, int copied, List<String> leftOut) {}

  /**
   * Takes in a repository: verifies it and copies what this node could use.
   *
   * @param from its folder
   * @throws KibanException if it must not be trusted; nothing changes then but what was seen
   */
  Imported take(Path from, String who) {
    if (from == null || !from.isAbsolute()) {
      throw new KibanException(Outcome.USAGE, UpdateCode.NO_FOLDER, from == null ? "" : from);
    }
    Instant now = clock.now();
    history
        .last(n -> n.what() == Note.What.IMPORTED && n.at().isAfter(now))
        .ifPresent(
            n -> {
              throw new KibanException(Outcome.REFUSED, UpdateCode.CLOCK_WENT_BACK, now, n.at());
            });
    TufClient.Trusted next = client().update(from, now);
    List<Offer> offers = Offer.newest(next.targets(), this::installed);
    int copied =
        store.take(
            from,
            next.consistent(),
            offers.stream().filter(o -> part.apply(o.kind()).isPresent()).toList());
    trusted = Optional.of(next);
    // Asked of the history: a crash may have come between what is trusted now and its note.
    String version = String.valueOf(next.timestampVersion());
    Optional<Note> before = history.last(n -> n.what() == Note.What.IMPORTED);
    if (before.filter(n -> n.to().equals(version)).isEmpty()) {
      history.add(new Note(now, Note.What.IMPORTED, who, "", "", "", version, "", from.toString()));
    }
    store.retain(wanted(offers));
    return new Imported(
        next.timestampVersion(),
        next.expires(),
        offers.size(),
        copied,
        List.copyOf(next.problems().keySet()));
  }

  /** The files of offers, of what is installed and of what was before it. */
  private Set<String> wanted(List<Offer> offers) {
    Set<String> wanted = new HashSet<>();
    offers.forEach(o -> wanted.add(o.target().sha256()));
    for (Note note : history.all()) {
      if (note.what() == Note.What.KEPT) {
        // After a way back that is the earlier version: the next one must be able to return to it.
        part.apply(note.kind())
            .flatMap(p -> p.installed(note.id()))
            .flatMap(version -> history.file(note.id(), version))
            .ifPresent(wanted::add);
        history
            .kept(note.id())
            .ifPresent(
                last -> {
                  wanted.add(last.sha256());
                  history.file(last.id(), last.from()).ifPresent(wanted::add);
                });
      }
    }
    return wanted;
  }

  /** The package of the version before; it must still be here. */
  Path packageBefore(Note last) {
    return history
        .file(last.id(), last.from())
        .map(this::file)
        .filter(Files::exists)
        .orElseThrow(
            () ->
                new KibanException(
                    Outcome.REFUSED, UpdateCode.NO_WAY_BACK, last.id(), last.from()));
  }

  Path file(Offer offer) {
    if (!store.has(offer.target())) {
      throw notCopied(offer);
    }
    return store.file(offer.target().sha256());
  }

  private static KibanException notCopied(Offer offer) {
    return new KibanException(Outcome.FAILED, UpdateCode.NOT_COPIED, offer.name());
  }

  /**
   * Why an offer cannot be applied: its file did not come, or its time is over. An old state must
   * not be applied for ever: that is what its time is for.
   */
  Optional<KibanException> obstacle(Offer offer) {
    Instant now = clock.now();
    if (offer.isInRepository() && !store.has(offer.target())) {
      return Optional.of(notCopied(offer));
    }
    if (!now.isBefore(offer.target().expires())) {
      return Optional.of(
          new KibanException(
              Outcome.REFUSED, UpdateCode.EXPIRED, offer.name(), offer.target().expires()));
    }
    return trusted
        .filter(t -> offer.isInRepository() && !now.isBefore(t.expires()))
        .map(
            t ->
                new KibanException(
                    Outcome.REFUSED, UpdateCode.EXPIRED, "targets.json", t.expires()));
  }
}
