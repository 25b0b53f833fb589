package org.kiban.update.tuf;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.update.UpdateCode;

/**
 * The roles to which the signers of targets entrust some of them, so that a vendor signs its own.
 * What a role that is not well would offer is not offered; what others offer is not touched by it.
 * Used by one thread.
 */
final class DelegatedRoles {

  /** So many roles are looked at in one repository, and asked about one target. */
  static final int MOST_ROLES = 128;

  /** So deep may roles entrust others. */
  static final int DEEPEST = 8;

  private final Metadata top;
  private final Function<String, Metadata> load;
  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final Map<String, KibanException> problems = new TreeMap<>();

  /** A role that was loaded: what it offers and what it entrusts to others. */
  private record Role(
      String name, Metadata metadata, Map<String, Target> targets, List<Delegation> others) {}

  /** A role that is to be asked: on whose word. */
  private record Visit(String role, Signers signers, Instant until) {}

  /**
   * @param top the role {@code targets}, trusted
   * @param load reads a role by name, of the version that the snapshot promises and in its time;
   *     whether its signatures hold is asked here
   */
  DelegatedRoles(Metadata top, Function<String, Metadata> load) {
    this.top = top;
    this.load = load;
    Role first = new Role("targets", top, Target.list(top), Delegation.of(top));
    roles.put(first.name(), first);
    explore(first);
  }

  /** Level by level, so that no role can use up what the others may. */
  private void explore(Role first) {
    Set<String> followed = new HashSet<>();
    List<Role> level = List.of(first);
    for (int depth = 1; !level.isEmpty(); depth++) {
      List<Role> next = new ArrayList<>();
      for (Role from : level) {
        for (Delegation d : from.others()) {
          follow(d, depth).filter(r -> followed.add(r.name())).ifPresent(next::add);
        }
      }
      level = next;
    }
  }

  /** What one role says wrongly of another does not count for the rest. */
  private Optional<Role> follow(Delegation d, int depth) {
    try {
      if (depth > DEEPEST) {
        throw tooMany(d);
      }
      Role role = read(d);
      d.signers().require(role.metadata());
      return Optional.of(role);
    } catch (KibanException e) {
      problems.putIfAbsent(d.role(), e);
      return Optional.empty();
    }
  }

  private Role read(Delegation d) {
    if (!roles.containsKey(d.role())) {
      if (roles.size() > MOST_ROLES) {
        throw tooMany(d);
      }
      Metadata metadata = load.apply(d.role());
      roles.put(
          d.role(), new Role(d.role(), metadata, Target.list(metadata), Delegation.of(metadata)));
    }
    return roles.get(d.role());
  }

  private static KibanException tooMany(Delegation d) {
    return new KibanException(
        Outcome.REFUSED,
        UpdateCode.TOO_MANY_ROLES,
        d.role(),
        String.valueOf(MOST_ROLES),
        String.valueOf(DEEPEST));
  }

  /** What is offered: each name on the word of the first role that may speak of it. */
  List<Target> targets() {
    Set<String> names = new TreeSet<>();
    roles.values().forEach(r -> names.addAll(r.targets().keySet()));
    List<Target> targets = new ArrayList<>();
    names.forEach(n -> search(n).ifPresent(targets::add));
    return targets;
  }

  /** Why roles are left out, by role. */
  Map<String, KibanException> problems() {
    return Map.copyOf(problems);
  }

  /**
   * Section 5.6.7 of the specification: depth first, in the order of the delegations; a terminating
   * one ends the search for whatever it covers, and so does a role that is not well.
   */
  private Optional<Target> search(String path) {
    Deque<Visit> ahead = new ArrayDeque<>();
    Set<String> asked = new HashSet<>();
    ahead.push(new Visit("targets", null, top.expires()));
    while (!ahead.isEmpty()) {
      Visit visit = ahead.pop();
      if (asked.add(visit.role())) {
        Role role = roles.get(visit.role());
        if (role == null || !isSigned(visit, role)) {
          return Optional.empty();
        }
        Instant until = earlier(visit.until(), role.metadata().expires());
        if (role.targets().containsKey(path)) {
          return Optional.of(role.targets().get(path).until(until));
        }
        descend(role, path, until, ahead);
      }
    }
    return Optional.empty();
  }

  private static void descend(Role role, String path, Instant until, Deque<Visit> ahead) {
    List<Visit> next = new ArrayList<>();
    for (Delegation d : role.others()) {
      if (d.covers(path)) {
        next.add(0, new Visit(d.role(), d.signers(), until));
        if (d.terminating()) {
          ahead.clear();
          break;
        }
      }
    }
    next.forEach(ahead::push);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Each of several that entrust the same role says by itself who must sign it. */
  private static boolean isSigned(Visit visit, Role role) {
    try {
      if (visit.signers() != null) {
        visit.signers().require(role.metadata());
      }
      return true;
    } catch (KibanException e) {
      return false;
    }
  }
}
