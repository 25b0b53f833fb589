package org.kiban.backup.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.kiban.backup.job.Notes;
import org.kiban.core.KibanException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Further places to which every snapshot is copied. One that cannot be reached holds up no other,
 * and is tried again; a copy goes on where it was broken off. Used by one thread at a time.
 */
public final class Sites {

  private static final Logger LOG = LoggerFactory.getLogger(Sites.class);
  private static final Duration BETWEEN_TRIES = Duration.ofMinutes(10);

  private final List<String> locations;
  private final Notes notes;
  private final InstantSource clock;
  private final Copying copying;

  /** Copies what is not there. */
  @FunctionalInterface
  public interface Copying {
    /**
     * Copies to a place.
     *
     * @throws KibanException if not all is there afterwards
     */
    void copy(String location);
  }

  /**
   * @param locations in the order in which they are copied to
   * @param notes of this alone
   */
  public Sites(List<String> locations, Notes notes, InstantSource clock, Copying copying) {
    this.locations = List.copyOf(locations);
    this.notes = notes;
    this.clock = clock;
    this.copying = copying;
  }

  /**
   * How far a place is.
   *
   * @param newest the moment of the newest snapshot that is surely there; null if none is
   * @param tried when it was last copied to; null if it never was
   * @param failure of that; empty if there was none
   */
  public record State(String location, Instant newest, Instant tried, String failure) {}

  /** How far each place is. */
  public List<State> states() {
    return locations.stream().map(this::state).toList();
  }

  private State state(String location) {
    ObjectNode note = notes.of(location);
    return new State(
        location, time(note, "newest"), time(note, "tried"), note.path("failure").asText(""));
  }

  private static Instant time(ObjectNode note, String key) {
    return note.hasNonNull(key) ? Instant.parse(note.get(key).asText()) : null;
  }

  /**
   * Copies to every place.
   *
   * @param newest the moment of the newest snapshot that there is
   */
  public void bring(Instant newest) {
    locations.forEach(location -> bring(location, newest));
  }

  /** Copies to those that are behind, and were not tried just now. */
  public void tryAgain(Instant newest) {
    for (State state : states()) {
      boolean behind = state.newest() == null || state.newest().isBefore(newest);
      boolean rested =
          state.tried() == null || !clock.instant().isBefore(state.tried().plus(BETWEEN_TRIES));
      if (behind && rested) {
        bring(state.location(), newest);
      }
    }
  }

  private void bring(String location, Instant newest) {
    notes.change(location, n -> n.put("tried", clock.instant().toString()));
    try {
      copying.copy(location);
      notes.change(
          location,
          n -> {
            n.put("newest", newest.toString());
            n.remove("failure");
          });
    } catch (KibanException e) {
      LOG.warn("{}", e.getMessage());
      notes.change(location, n -> n.put("failure", e.getMessage()));
    }
  }
}
