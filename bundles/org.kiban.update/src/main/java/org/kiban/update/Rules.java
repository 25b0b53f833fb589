package org.kiban.update;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.update.os.AptHelper;
import org.kiban.update.os.Urgent;
import org.kiban.update.policy.Calendar;

/**
 * What operators declared, checked.
 *
 * @param folder looked at by itself; null if none
 * @param look time between two looks
 * @param calendar when normal updates are applied
 * @param approveUrgent whether urgent ones need an approval
 * @param approveNormal whether others do
 * @param automatic whether the node applies what is due by itself
 * @param first nodes that go first
 * @param soak how long an update must have been well there
 * @param oldest the age of the newest state at which health warns
 * @param trial how long a new version of the node may take until it is kept
 * @param settle how long nothing may be missing before that
 * @param os whether packages of the operating system are looked at
 * @param urgent their sources of security updates
 * @param osOldest the age of those sources' metadata at which health warns
 * @param helper brings packages of the operating system; empty if operators do not want that
 */
record Rules(
    Path folder,
    Duration look,
    Calendar calendar,
    boolean approveUrgent,
    boolean approveNormal,
    boolean automatic,
    List<String> first,
    Duration soak,
    Duration oldest,
    Duration trial,
    Duration settle,
    boolean os,
    Urgent urgent,
    Duration osOldest,
    Optional<AptHelper> helper) {

  /**
   * Reads the settings.
   *
   * @throws KibanException naming the field that is wrong
   */
  static Rules read(UpdateSettings s) {
    check("look-minutes", s.look$_$minutes(), 1, 10_080);
    check("soak-hours", s.soak$_$hours(), 0, 8_760);
    check("warn-days", s.warn$_$days(), 1, 3_650);
    check("trial-seconds", s.trial$_$seconds(), 30, 3_600);
    check("trial-settle-seconds", s.trial$_$settle$_$seconds(), 0, s.trial$_$seconds() - 20);
    check("os-warn-days", s.os$_$warn$_$days(), 1, 3_650);
    if (!s.folder().isEmpty() && !Path.of(s.folder()).isAbsolute()) {
      throw wrong("folder", s.folder());
    }
    for (String node : s.after$_$nodes()) {
      if (!node.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
        throw wrong("after-nodes", node);
      }
    }
    return new Rules(
        s.folder().isEmpty() ? null : Path.of(s.folder()),
        Duration.ofMinutes(s.look$_$minutes()),
        calendar(s),
        s.approve$_$urgent(),
        s.approve$_$normal(),
        s.automatic(),
        List.of(s.after$_$nodes()),
        Duration.ofHours(s.soak$_$hours()),
        Duration.ofDays(s.warn$_$days()),
        Duration.ofSeconds(s.trial$_$seconds()),
        Duration.ofSeconds(s.trial$_$settle$_$seconds()),
        s.os$_$packages() || s.os$_$apply(),
        new Urgent(List.of(s.os$_$security())),
        Duration.ofDays(s.os$_$warn$_$days()),
        helper(s));
  }

  private static Optional<AptHelper> helper(UpdateSettings s) {
    if (!s.os$_$apply()) {
      return Optional.empty();
    }
    return Optional.of(
        AptHelper.ofThisMachine(
            absolute("os-helper", s.os$_$helper()), absolute("os-socket", s.os$_$socket())));
  }

  private static Path absolute(String field, String text) {
    if (!text.startsWith("/")) {
      throw wrong(field, text);
    }
    return Path.of(text);
  }

  private static Calendar calendar(UpdateSettings s) {
    try {
      return new Calendar(
          s.zone(), List.of(s.windows()), List.of(s.municipality$_$windows()), List.of(s.closed()));
    } catch (IllegalArgumentException e) {
      throw wrong("zone, windows, municipality-windows, closed", e.getMessage());
    }
  }

  private static void check(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong(field, value);
    }
  }

  private static KibanException wrong(String field, Object value) {
    return new KibanException(Outcome.REFUSED, UpdateCode.BAD_SETTING, field, value);
  }
}
