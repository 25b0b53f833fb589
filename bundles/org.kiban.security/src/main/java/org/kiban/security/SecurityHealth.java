package org.kiban.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.core.KibanException;
import org.kiban.core.TrustedClock;

/** Keys and certificates are there, closed to others, and valid for long enough. */
final class SecurityHealth implements HealthCheck {

  /**
   * What is looked at.
   *
   * @param identity the node's certificate, null if there is none
   * @param secrets files that only their owner may read
   * @param problem why security did not start, or null
   */
  record State(NodeIdentity identity, List<Path> secrets, KibanException problem) {}

  static final Duration WARN = Duration.ofDays(29);
  static final Duration WARN_AUTHORITY = Duration.ofDays(365);

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Supplier<State> state;
  private final TrustedClock clock;

  SecurityHealth(Supplier<State> state, TrustedClock clock) {
    this.state = state;
    this.clock = clock;
  }

  @Override
  public Result execute() {
    FormattingResultLog log = new FormattingResultLog();
    State now = state.get();
    if (now.problem() != null) {
      log.critical("{}", now.problem().getMessage());
    }
    if (now.identity() != null) {
      if (now.identity().refusal() != null) {
        log.warn("{}", now.identity().refusal().getMessage());
      }
      expiry(log, now.identity().certificate(), WARN);
      expiry(log, now.identity().authority(), WARN_AUTHORITY);
    }
    for (Path secret : now.secrets()) {
      if (isOpen(secret)) {
        log.warn("{}", text(SecurityMessage.FILE_TOO_OPEN, secret));
      }
    }
    return new Result(log);
  }

  private void expiry(FormattingResultLog log, X509Certificate certificate, Duration warn) {
    Duration left = Duration.between(clock.now(), certificate.getNotAfter().toInstant());
    String text =
        text(
            SecurityMessage.CERTIFICATE_EXPIRING,
            certificate.getSubjectX500Principal(),
            left.toDays());
    if (left.isNegative()) {
      log.critical("{}", text);
    } else if (left.compareTo(warn) < 0) {
      log.warn("{}", text);
    } else {
      log.info("{}", certificate.getSubjectX500Principal());
    }
  }

  private static boolean isOpen(Path file) {
    try {
      return Files.exists(file)
          && Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)
          && !OWNER.containsAll(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(SecurityMessage message, Object... args) {
    return message.code() + ": " + message.text(Locale.ROOT, args);
  }
}
