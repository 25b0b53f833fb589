package org.kiban.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.core.KibanException;
import org.kiban.core.TrustedClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Keys and certificates are there, closed to others, and valid for long enough. Answers from the
 * start of the bundle, so that nobody takes a node for ready whose keys are still to be opened.
 */
@Component(property = {HealthCheck.NAME + "=security", HealthCheck.TAGS + "=node"})
public final class SecurityHealth implements HealthCheck {

  static final Duration WARN = Duration.ofDays(29);
  static final Duration WARN_AUTHORITY = Duration.ofDays(365);

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final TrustedClock clock;

  // Dynamic, so that the check stays registered: one that comes anew is not asked for a moment.
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile SecurityState opened;

  /** Called by the component runtime. */
  @Activate
  public SecurityHealth(@Reference TrustedClock clock) {
    this.clock = clock;
  }

  SecurityHealth(SecurityState opened, TrustedClock clock) {
    this(clock);
    this.opened = opened;
  }

  @Override
  public Result execute() {
    SecurityState state = opened;
    if (state == null) {
      return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "keys are not open yet");
    }
    if (!state.prepared()) {
      return new Result(
          Result.Status.TEMPORARILY_UNAVAILABLE, "the first log-in is not prepared yet");
    }
    FormattingResultLog log = new FormattingResultLog();
    KibanException problem = state.problem();
    if (problem != null) {
      log.critical("{}", problem.getMessage());
    }
    NodeIdentity identity = state.identity();
    if (identity != null) {
      if (identity.refusal() != null) {
        log.warn("{}", identity.refusal().getMessage());
      }
      expiry(log, identity.certificate(), WARN);
      expiry(log, identity.authority(), WARN_AUTHORITY);
    }
    for (Path secret : state.secrets()) {
      if (isOpen(secret)) {
        log.warn("{}", SecurityMessage.FILE_TOO_OPEN.line(secret));
      }
    }
    return new Result(log);
  }

  private void expiry(FormattingResultLog log, X509Certificate certificate, Duration warn) {
    Duration left = Duration.between(clock.now(), certificate.getNotAfter().toInstant());
    String text =
        SecurityMessage.CERTIFICATE_EXPIRING.line(
            certificate.getSubjectX500Principal(), left.toDays());
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
}
