package org.kiban.update;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.kiban.core.KibanException;
import org.kiban.update.tuf.TufClient;

/** Says how updates are: what was held back, what waits, what failed. Never keeps a node down. */
final class UpdateVerdict {

  private static final Duration SOON = Duration.ofDays(3);

  private UpdateVerdict() {}

  /**
   * Judges.
   *
   * @param unread why the shared folder could not be taken in; empty if it could
   */
  static Result of(Desk desk, String unread, Instant now) {
    if (desk.isBusy()) {
      // A new warning now would make the gate of the swap take it back.
      return new Result(Status.OK, "an update is under way");
    }
    Optional<TufClient.Trusted> trusted = desk.trusted();
    if (!unread.isEmpty()) {
      return new Result(Status.WARN, unread);
    }
    // A source that went back is critical for operators, but must not take the node down: whoever
    // stands between it and the node could then do so at will.
    Optional<String> os =
        desk.rules().os() ? desk.os().problem(now, desk.rules().osOldest()) : Optional.empty();
    if (os.isPresent()) {
      return new Result(Status.WARN, os.get());
    }
    if (trusted.isEmpty()) {
      return new Result(Status.OK, "nothing imported");
    }
    if (!now.plus(SOON).isBefore(trusted.get().expires())) {
      return warn(UpdateCode.EXPIRED_SOON, trusted.get().expires());
    }
    Duration age = Duration.between(desk.newestSeen().orElse(now), now);
    if (age.compareTo(desk.rules().oldest()) > 0) {
      return warn(UpdateCode.STALE, age.toDays());
    }
    Map<String, KibanException> left = trusted.get().problems();
    if (!left.isEmpty()) {
      Map.Entry<String, KibanException> first = left.entrySet().iterator().next();
      return warn(UpdateCode.ROLE_LEFT_OUT, first.getKey(), first.getValue().getMessage());
    }
    return items(desk.items(), desk, now);
  }

  private static Result items(List<Item> items, Desk desk, Instant now) {
    for (Item item : items) {
      if (item.state() == Item.State.FAILED) {
        return warn(UpdateCode.FAILED_ITEM, item.name(), item.reason());
      }
      if (item.lane() == Lane.URGENT && item.state().waitsForSomebody()) {
        return warn(UpdateCode.WAITING, item.name(), item.state().english());
      }
    }
    boolean waits = items.stream().anyMatch(i -> i.lane() == Lane.NORMAL);
    return waits && desk.rules().calendar().opens(now).isEmpty()
        ? warn(UpdateCode.NO_WINDOWS)
        : new Result(Status.OK, items.size() + " offered");
  }

  private static Result warn(UpdateCode code, Object... args) {
    return new Result(Status.WARN, code.line(args));
  }
}
