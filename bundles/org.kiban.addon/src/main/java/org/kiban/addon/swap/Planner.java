package org.kiban.addon.swap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.kiban.addon.pack.AddonVersion;
import org.kiban.addon.pack.Verified;
import org.kiban.addon.pack.Verifier;
import org.kiban.core.KibanException;
import org.kiban.core.NodeState.Fact;
import org.kiban.core.NodeState.Kind;
import org.kiban.core.Outcome;

/** Finds out what an operation would do, without doing it. Used by one thread at a time. */
final class Planner {

  /** Of an add-on that was never installed here: starting, being taken out, starting again. */
  private static final long FIRST_PAUSE_MILLIS = 1000;

  private static final long BUNDLE_PAUSE_MILLIS = 200;

  private final Shop shop;
  private final Function<Set<String>, List<String>> routes;

  /**
   * @param routes the routes that use bundles, by their locations
   */
  Planner(Shop shop, Function<Set<String>, List<String>> routes) {
    this.shop = shop;
    this.routes = routes;
  }

  /**
   * What putting in a package would do.
   *
   * @throws KibanException (usage, refused) if the operation does not fit what is installed
   */
  Plan put(Operation operation, Verified verified) {
    Addon to = Addon.of(verified);
    Addon from = shop.journal().installed().get(to.id());
    if (operation == Operation.INSTALL && from != null) {
      throw new KibanException(
          Outcome.REFUSED, SwapMessage.ALREADY_INSTALLED, to.id(), from.version());
    }
    if (operation != Operation.INSTALL && from == null) {
      throw new KibanException(Outcome.USAGE, SwapMessage.NOT_INSTALLED, to.id());
    }
    if (operation == Operation.UPDATE || operation == Operation.RETURN && !wasHere(to)) {
      Verifier.checkSuccession(verified, AddonVersion.parse(from.version()), from.sha256());
      if (from.sha256().equals(to.sha256())) {
        throw new KibanException(Outcome.REFUSED, SwapMessage.NOTHING_TO_DO, to.id(), to.version());
      }
    }
    return plan(operation, from, to);
  }

  private boolean wasHere(Addon addon) {
    return shop.journal().entries().stream()
        .filter(e -> e.outcome() == Step.KEPT)
        .anyMatch(e -> e.id().equals(addon.id()) && e.to().equals(addon.version()));
  }

  /**
   * What taking out would do.
   *
   * @throws KibanException (usage) if it is not there
   */
  Plan remove(String id) {
    Addon from = shop.journal().installed().get(id);
    if (from == null) {
      throw new KibanException(Outcome.USAGE, SwapMessage.NOT_INSTALLED, id);
    }
    return plan(Operation.REMOVE, from, null);
  }

  private Plan plan(Operation operation, Addon from, Addon to) {
    Addon any = to == null ? from : to;
    List<Piece> old = from == null ? List.of() : from.pieces();
    List<Piece> next = to == null ? List.of() : to.pieces();
    Set<String> oldLocations = from == null ? Set.of() : from.locations();
    Set<String> nextLocations = to == null ? Set.of() : to.locations();
    List<Piece> goes = old.stream().filter(p -> !nextLocations.contains(p.location())).toList();
    List<KibanException> problems = new ArrayList<>();
    missingFeatures(any, next, problems);
    taken(next, problems);
    Set<String> restarts =
        restarts(shop, any.id(), old, goes.stream().map(Piece::location).toList(), problems);
    return new Plan(
        operation,
        any.id(),
        any.nameJa(),
        any.nameEn(),
        any.vendor(),
        any.keyId(),
        from == null ? "" : from.version(),
        to == null ? "" : to.version(),
        any.permissions(),
        shown(next, p -> !oldLocations.contains(p.location())),
        shown(goes, p -> true),
        shown(next, p -> oldLocations.contains(p.location())),
        List.copyOf(restarts),
        routes.apply(oldLocations),
        pause(any, next),
        problems);
  }

  /**
   * Finds the bundles of others that would restart with some of an add-on's.
   *
   * @param own the add-on's bundles, which may hang together
   * @param problems receives the refusal if there are any
   */
  static Set<String> restarts(
      Shop shop,
      String id,
      Collection<Piece> own,
      Collection<String> locations,
      List<KibanException> problems) {
    Set<String> restarts = shop.world().dependents(locations);
    own.forEach(p -> restarts.remove(p.symbolicName()));
    if (!restarts.isEmpty()) {
      problems.add(
          new KibanException(
              Outcome.REFUSED, SwapMessage.RESTARTS_BASE, id, String.join(", ", restarts)));
    }
    return restarts;
  }

  private static List<String> shown(List<Piece> pieces, java.util.function.Predicate<Piece> which) {
    return pieces.stream().filter(which).map(Piece::shown).toList();
  }

  private void missingFeatures(Addon addon, List<Piece> next, List<KibanException> problems) {
    if (next.isEmpty() || addon.features().isEmpty()) {
      return;
    }
    List<String> there =
        shop.state().now().facts().stream()
            .filter(f -> f.kind() == Kind.FEATURE)
            .map(Fact::name)
            .map(n -> n.split("/", 2)[0])
            .toList();
    List<String> missing = addon.features().stream().filter(f -> !there.contains(f)).toList();
    if (!missing.isEmpty()) {
      problems.add(
          new KibanException(
              Outcome.REFUSED, SwapMessage.NEEDS_FEATURE, addon.id(), String.join(", ", missing)));
    }
  }

  private void taken(List<Piece> next, List<KibanException> problems) {
    for (Piece piece : next) {
      Optional<String> holder = shop.world().holder(piece);
      holder.ifPresent(
          location ->
              problems.add(
                  new KibanException(
                      Outcome.REFUSED, SwapMessage.BUNDLE_TAKEN, piece.shown(), location)));
    }
  }

  /** As long as the last time it went well; the first time, a guess. */
  private long pause(Addon addon, List<Piece> next) {
    if (next.isEmpty()) {
      return 0;
    }
    return shop.journal().entries().stream()
        .filter(e -> e.id().equals(addon.id()) && e.outcome() == Step.KEPT && !e.to().isEmpty())
        .mapToLong(Entry::pauseMillis)
        .findFirst()
        .orElse(FIRST_PAUSE_MILLIS + next.size() * BUNDLE_PAUSE_MILLIS);
  }
}
