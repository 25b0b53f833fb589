package org.kiban.route.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kiban.route.RouteFile.Format;

/**
 * What became of one route file so far. Immutable.
 *
 * @param good versions that were in force, the last one now; each once
 * @param bad versions that did not start or stay well, with the reason
 * @param number how many times a version came into force
 * @param stopped whether an operator stopped it
 * @param pauseMilliseconds of the last swap; -1 if there was none
 */
record Past(
    List<Version> good,
    Map<String, String> bad,
    int number,
    boolean stopped,
    long pauseMilliseconds) {

  static final Past NONE = new Past(List.of(), Map.of(), 0, false, -1);

  /**
   * Content that was in force.
   *
   * @param digest of it
   * @param format how it is written
   */
  record Version(String digest, Format format) {}

  /** The version in force, or null. */
  Version current() {
    return good.isEmpty() ? null : good.get(good.size() - 1);
  }

  /** The version in force before, or null. */
  Version previous() {
    return good.size() < 2 ? null : good.get(good.size() - 2);
  }

  Past isGood(Version version, long pause, int keep) {
    List<Version> versions = new ArrayList<>(good);
    boolean again = version.equals(current());
    versions.remove(version);
    versions.add(version);
    Map<String, String> others = new HashMap<>(bad);
    others.remove(version.digest());
    return new Past(
        List.copyOf(versions.subList(Math.max(0, versions.size() - keep), versions.size())),
        Map.copyOf(others),
        again ? number : number + 1,
        stopped,
        pause);
  }

  Past isBad(String digest, String reason) {
    Map<String, String> others = new HashMap<>(bad);
    others.put(digest, reason);
    return new Past(good, Map.copyOf(others), number, stopped, pauseMilliseconds);
  }

  Past isStopped(boolean now) {
    return new Past(good, bad, number, now, pauseMilliseconds);
  }

  /** After its file was removed: nothing but the count stays. */
  Past isRemoved() {
    return new Past(List.of(), Map.of(), number, false, -1);
  }
}
