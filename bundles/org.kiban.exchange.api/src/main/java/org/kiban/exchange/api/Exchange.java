package org.kiban.exchange.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The linkage of one municipality. An OSGi service with the property {@code municipality=<code>};
 * whoever holds it reaches that municipality's deliveries and no other's. Safe for any thread. All
 * failures that an operator can mend are {@link org.kiban.core.KibanException}s.
 */
public interface Exchange {

  /**
   * Which deliveries to list; null means any.
   *
   * @param interfaceId of this interface
   * @param state in this state, lower case
   * @param since received at or after this time
   * @param until received before this time
   * @param limit at most this many, the newest
   */
  record Filter(String interfaceId, String state, Instant since, Instant until, int limit) {}

  /** Deliveries that match, the newest first. */
  List<DeliveryView> list(Filter filter);

  /** One delivery, or nothing. */
  Optional<DeliveryView> show(long delivery);

  /**
   * Deliveries of a file.
   *
   * @param text a file name (as it arrived or left), or the first 8 or more hexadecimal digits of
   *     the SHA-256 of its content before or after conversion
   */
  List<DeliveryView> trace(String text);

  /**
   * Tries again now: a refused file goes through the interface as it is declared today, as a new
   * delivery; a pending one to those consumers that do not have it.
   *
   * @return the delivery that was asked for; a refused file comes again under a new number
   */
  long retry(long delivery);

  /**
   * Gives up what deliveries owe to consumers that no declaration names any more. What such a
   * consumer has already, as far as can be told, counts as delivered. Stops at the first delivery
   * of which nothing can be given up; those before it are.
   *
   * @param deliveries their numbers
   * @param dryRun only say what would be given up
   * @return the deliveries as they are then, or as they are now in a dry run
   */
  List<DeliveryView> discard(List<Long> deliveries, boolean dryRun);

  /**
   * Walks the hash chain, compares the index with it, and the files that still lie with consumers.
   * May take minutes on a large ledger.
   */
  Verification verify();

  /** The interfaces in force, and those that were refused with the reasons, by id. */
  List<InterfaceView> interfaces();

  /**
   * Runs a file through an interface without leaving a trace.
   *
   * @param interfaceId an interface in force
   * @param file a readable file
   */
  DryRun test(String interfaceId, Path file);

  /** How arrivals are looked at for malware; asks the scanner, which may take seconds. */
  ScanView scan();

  /** Sums by state, for status pages. */
  List<StateCount> counts();

  /**
   * @param state a state
   * @param deliveries how many are in it
   */
  record StateCount(String state, long deliveries) {}
}
