package org.kiban.backup.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Retention;

/**
 * What is saved when, and for how long.
 *
 * @param name as commands and snapshots' tags know it
 * @param sources {@code state}, names of sources of add-ons, or absolute paths
 * @param excludes patterns of what is left out
 * @param schedule when it begins by itself
 * @param keep what is kept of its snapshots; all if empty
 * @param before a program and its arguments that must succeed first; none if empty
 * @param after a program and its arguments that is run in any case; none if empty
 * @param hookLimit how long either may take
 */
public record Job(
    String name,
    List<String> sources,
    List<String> excludes,
    Schedule schedule,
    Optional<Retention> keep,
    List<String> before,
    List<String> after,
    Duration hookLimit) {

  /** The word for what the node itself holds of the owner. */
  public static final String STATE = "state";

  /** Begins the tag of a snapshot that lacks what its owner has: the source's name follows. */
  public static final String WITHOUT = "without:";

  /** Names of sources that a snapshot lacks, though its owner had what is in them. */
  public static List<String> missingIn(Snapshot snapshot) {
    return snapshot.tags().stream()
        .filter(tag -> tag.startsWith(WITHOUT))
        .map(tag -> tag.substring(WITHOUT.length()))
        .toList();
  }

  /** The tag of its snapshots. */
  public String tag() {
    return "job:" + name;
  }
}
