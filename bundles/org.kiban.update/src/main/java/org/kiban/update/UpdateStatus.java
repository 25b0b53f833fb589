package org.kiban.update;

import java.time.Instant;

/**
 * How updates are.
 *
 * @param version of the repository's state that is trusted; 0 if none
 * @param seen when it was first seen; null if none was
 * @param expires until when it counts; null if none
 * @param offered how many updates are offered
 * @param due how many may be applied now
 * @param waiting how many wait for somebody
 * @param open whether maintenance is allowed now
 * @param change when that changes; null if nobody can say
 * @param automatic whether the node applies what is due by itself
 */
public record UpdateStatus(
    long version,
    Instant seen,
    Instant expires,
    int offered,
    long due,
    long waiting,
    boolean open,
    Instant change,
    boolean automatic) {

  static UpdateStatus of(Desk desk, Instant now) {
    var items = desk.items();
    boolean open = desk.rules().calendar().isOpen(now);
    return new UpdateStatus(
        desk.trusted().map(t -> t.timestampVersion()).orElse(0L),
        desk.newestSeen().orElse(null),
        desk.trusted().map(t -> t.expires()).orElse(null),
        items.size(),
        items.stream().filter(i -> i.state() == Item.State.DUE).count(),
        items.stream().filter(i -> i.state().waitsForSomebody()).count(),
        open,
        (open ? desk.rules().calendar().closes(now) : desk.rules().calendar().opens(now))
            .orElse(null),
        desk.rules().automatic());
  }
}
