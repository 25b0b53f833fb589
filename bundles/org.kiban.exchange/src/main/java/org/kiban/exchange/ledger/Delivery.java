package org.kiban.exchange.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kiban.exchange.api.DeliveryView;
import org.kiban.exchange.api.DeliveryView.ConsumerView;
import org.kiban.exchange.api.TimeView;

/**
 * A delivery's row: the fold of its events. Immutable.
 *
 * @param position the chain's position of its first event
 * @param state accepted, delivered, confirmed, discarded, refused, duplicate
 * @param key the idempotency key, null once nothing is owed under it
 * @param retired whether the source is gone from where it arrived
 * @param expiredAt when what was kept of it was removed, microseconds of the epoch; 0 before
 * @param consumers state by consumer
 */
public record Delivery(
    long id,
    long position,
    String state,
    LedgerEvent.Source source,
    String key,
    String sequence,
    LedgerEvent.Result result,
    String code,
    String reason,
    String reasonJa,
    String quarantine,
    long receivedAt,
    long updatedAt,
    boolean retired,
    long expiredAt,
    Map<String, Leg> consumers) {

  /** Accepted: owed to at least one consumer. */
  public static final String ACCEPTED = "accepted";

  /** All consumers have it. */
  public static final String DELIVERED = "delivered";

  /** All consumers said so. */
  public static final String CONFIRMED = "confirmed";

  /** Kept aside with a reason. */
  public static final String REFUSED = "refused";

  /** Came again under a key that was accepted before, with the same content. */
  public static final String DUPLICATE = "duplicate";

  /** An operator gave it up for a consumer, or for all. */
  public static final String DISCARDED = "discarded";

  /** Owed to consumers that no declaration names; seen, never written. */
  public static final String STRANDED = "stranded";

  /** Every state of a delivery. */
  public static final List<String> STATES =
      List.of(ACCEPTED, STRANDED, DELIVERED, CONFIRMED, DISCARDED, REFUSED, DUPLICATE);

  /** Nothing lies with the consumer yet. */
  public static final String PENDING = "pending";

  /** It lies near the consumer, invisible. */
  public static final String STAGED = "staged";

  /**
   * One consumer's part.
   *
   * @param state pending, staged, delivered, confirmed, discarded
   * @param at of the last change, microseconds of the epoch
   * @param way SHA-256 of the declaration by whose way out it is staged, or null
   */
  public record Leg(String state, long at, String way) {
    /** Whether it is still owed. */
    public boolean owed() {
      return state.equals(PENDING) || state.equals(STAGED);
    }
  }

  /**
   * The row after an event.
   *
   * @param before the row before it, null for a first event
   * @param position the event's position in the chain
   * @throws IllegalArgumentException if the event cannot follow the row
   */
  static Delivery after(Delivery before, long position, LedgerEvent event) {
    if (event instanceof LedgerEvent.Accepted e) {
      return accepted(position, e);
    }
    if (event instanceof LedgerEvent.Refused e) {
      return refused(position, e);
    }
    if (before == null) {
      throw new IllegalArgumentException("an event of an unknown delivery: " + event);
    }
    if (event instanceof LedgerEvent.Staged e) {
      return before.moved(e.consumers(), new Leg(STAGED, e.at(), e.declaration()));
    }
    if (event instanceof LedgerEvent.Delivered e) {
      return before.moved(e.consumers(), new Leg(DELIVERED, e.at(), null));
    }
    if (event instanceof LedgerEvent.Confirmed e) {
      return before.moved(List.of(e.consumer()), new Leg(CONFIRMED, e.at(), null));
    }
    if (event instanceof LedgerEvent.Discarded e) {
      return before.moved(e.consumers(), new Leg(DISCARDED, e.at(), null));
    }
    if (event instanceof LedgerEvent.Expired e) {
      return before.expired(e.at());
    }
    return before.with(before.state, event.at(), true, before.consumers);
  }

  private static Delivery accepted(long position, LedgerEvent.Accepted e) {
    Map<String, Leg> legs = new LinkedHashMap<>();
    e.consumers().forEach(c -> legs.put(c, new Leg(PENDING, e.at(), null)));
    return new Delivery(
        e.id(),
        position,
        e.consumers().isEmpty() ? DELIVERED : ACCEPTED,
        e.source(),
        e.key(),
        e.sequence(),
        e.result(),
        null,
        null,
        null,
        e.quarantine(),
        e.at(),
        e.at(),
        false,
        0,
        legs);
  }

  private static Delivery refused(long position, LedgerEvent.Refused e) {
    return new Delivery(
        e.id(),
        position,
        e.state(),
        e.source(),
        e.key(),
        null,
        null,
        e.code(),
        e.reason(),
        e.reasonJa(),
        e.quarantine(),
        e.at(),
        e.at(),
        false,
        0,
        Map.of());
  }

  private Delivery moved(List<String> who, Leg to) {
    Map<String, Leg> legs = new LinkedHashMap<>(consumers);
    who.forEach(c -> legs.put(c, to));
    return with(whole(legs.values()), to.at, retired, legs);
  }

  /** The state of a delivery by those of its parts; one that was given up counts for nothing. */
  private static String whole(Collection<Leg> legs) {
    if (legs.stream().anyMatch(Leg::owed)) {
      return ACCEPTED;
    }
    List<Leg> kept = legs.stream().filter(l -> !l.state.equals(DISCARDED)).toList();
    if (kept.isEmpty()) {
      return DISCARDED;
    }
    return kept.stream().allMatch(l -> l.state.equals(CONFIRMED)) ? CONFIRMED : DELIVERED;
  }

  private Delivery with(String newState, long at, boolean gone, Map<String, Leg> legs) {
    return new Delivery(
        id,
        position,
        newState,
        source,
        key,
        sequence,
        result,
        code,
        reason,
        reasonJa,
        quarantine,
        receivedAt,
        at,
        gone,
        expiredAt,
        legs);
  }

  private Delivery expired(long at) {
    return new Delivery(
        id,
        position,
        state,
        new LedgerEvent.Source(
            source.line(), source.arrival(), source.file(), source.bytes(), source.sha(), null),
        key,
        sequence,
        result,
        code,
        reason,
        reasonJa,
        null,
        receivedAt,
        updatedAt,
        retired,
        at,
        consumers);
  }

  /** Whether something is still to be done for it. */
  public boolean open() {
    return state.equals(ACCEPTED) || !retired;
  }

  /**
   * The row as others see it.
   *
   * @param attempts failed tries and the last problem by consumer, as the courier remembers them
   * @param places where each consumer finds it
   * @param stranded consumers that it is owed to and that no declaration names
   * @param time what was known of the time when it was taken in; null if nobody asks
   */
  public DeliveryView view(
      Map<String, ConsumerView> attempts,
      Map<String, String> places,
      Set<String> stranded,
      TimeView time) {
    List<ConsumerView> legs =
        consumers.entrySet().stream()
            .map(e -> seen(e, stranded))
            .map(e -> leg(e.getKey(), e.getValue(), attempts.get(e.getKey()), places))
            .toList();
    long rows = result == null ? 0 : result.rows();
    long rejected = result == null ? 0 : result.rejected();
    return new DeliveryView(
        id,
        source.line(),
        state.equals(ACCEPTED) && isStranded(stranded) ? STRANDED : state,
        source.file(),
        source.bytes(),
        text(source.sha()),
        text(key),
        rows,
        rows - rejected,
        rejected,
        result == null ? 0 : result.replaced(),
        result == null ? 0 : result.bytes(),
        result == null ? "" : result.sha(),
        code,
        reason,
        reasonJa,
        quarantine,
        expiredAt == 0 ? null : instant(expiredAt),
        instant(receivedAt),
        instant(updatedAt),
        position,
        time,
        legs);
  }

  /** Whether all that is owed of it is owed to consumers that no declaration names. */
  public boolean isStranded(Set<String> stranded) {
    return !stranded.isEmpty()
        && consumers.entrySet().stream()
            .allMatch(e -> !e.getValue().owed() || stranded.contains(e.getKey()));
  }

  private static Map.Entry<String, Leg> seen(Map.Entry<String, Leg> leg, Set<String> stranded) {
    return stranded.contains(leg.getKey())
        ? Map.entry(leg.getKey(), new Leg(STRANDED, leg.getValue().at, null))
        : leg;
  }

  private static ConsumerView leg(
      String system, Leg leg, ConsumerView attempt, Map<String, String> places) {
    boolean there = leg.state.equals(DELIVERED) || leg.state.equals(CONFIRMED);
    return new ConsumerView(
        system,
        leg.state,
        there ? places.get(system) : null,
        instant(leg.at),
        attempt == null || there ? 0 : attempt.attempts(),
        attempt == null || there ? null : attempt.problem());
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
