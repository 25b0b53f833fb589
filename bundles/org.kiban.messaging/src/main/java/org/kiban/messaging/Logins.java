package org.kiban.messaging;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;

/**
 * Which logins were right or wrong lately, and what the right ones were permitted. For each message
 * it is asked whether its sender may send: Artemis's own memory for that computes a digest of user,
 * password and certificate and, where there is no certificate, throws an exception each time, or
 * else does not tell an old password from a new one. Safe for several threads.
 */
final class Logins {

  /** After that a login is proven anew: a user that was removed is out by then. */
  static final Duration KEPT = Duration.ofSeconds(10);

  private static final int MOST = 1000;

  private final LongSupplier nanoTime;
  private final Map<Key, Login> known = new ConcurrentHashMap<>();

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  Logins(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Key(String user, String password) {}

  private record Permission(CheckType check, String address) {}

  /**
   * A login, right or wrong.
   *
   * @param subject who it is, or null if it was wrong
   */
  record Login(Subject subject, long since, Set<Permission> granted) {

    /** Whether something is permitted; asks only for what was not granted before. */
    boolean may(CheckType check, String address, BooleanSupplier ask) {
      Permission permission = new Permission(check, address);
      if (granted.contains(permission)) {
        return true;
      }
      boolean may = subject != null && ask.getAsBoolean();
      if (may) {
        granted.add(permission);
      }
      return may;
    }
  }

  /**
   * What is known of a login.
   *
   * @param proof tells who it is, or null if it is wrong; asked if that is not known
   */
  Login of(String user, String password, Supplier<Subject> proof) {
    Key key = new Key(user, password);
    Login login = known.get(key);
    if (login != null && isFresh(login)) {
      return login;
    }
    Login proven = new Login(proof.get(), nanoTime.getAsLong(), ConcurrentHashMap.newKeySet());
    known.values().removeIf(l -> !isFresh(l));
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(key, proven);
    return proven;
  }

  /** Forgets everything: what may be done has changed. */
  void clear() {
    known.clear();
  }

  private boolean isFresh(Login login) {
    return nanoTime.getAsLong() - login.since() < KEPT.toNanos();
  }
}
