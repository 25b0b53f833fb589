package org.kiban.update;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.kiban.update.os.Source;
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
    Optional<Source> stale =
        desk.rules().os() ? desk.os().stale(now, desk.rules().osOldest()) : Optional.empty();
    if (stale.isPresent()) {
      return warn(UpdateCode.OS_STALE, stale.get().origin(), String.valueOf(stale.get().date()));
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
    return items(desk.items(), desk, now);
  }

  private static Result items(List<Item> items, Desk desk, Instant now) {
    for (Item item : items) {
      if (item.state() == Item.State.FAILED) {
        return warn(UpdateCode.FAILED_ITEM, item.name(), item.reason());
      }
      if (item.lane() == Lane.URGENT && item.state() == Item.State.APPROVAL) {
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
