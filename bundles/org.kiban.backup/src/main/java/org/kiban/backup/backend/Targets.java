package org.kiban.backup.backend;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.backup.BackupMessage;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.kiban.platform.remote.Bandwidth;
import org.kiban.platform.remote.S3Address;
import org.kiban.platform.remote.SftpAddress;
import org.kiban.platform.remote.Throttle;
import org.kiban.platform.remote.Waits;

/** Opens places by their addresses: with retries, limits and no more rights than are needed. */
public final class Targets {

  private static final Pattern SFTP_URL =
      Pattern.compile("sftp://([^@/]+)@(\\[[^]]+]|[^:/@]+)(?::(\\d{1,5}))?/(.+)");
  private static final Pattern SFTP_SHORT = Pattern.compile("sftp:([^@/]+)@([^:/@]+):(.+)");
  private static final Pattern S3 =
      Pattern.compile(
          "s3:(?:(https?)://|//)?([A-Za-z0-9.-]+(?::\\d{1,5})?)/([a-z0-9][a-z0-9.-]{1,62})(?:/(.*))?");

  private final DurableFiles files;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Function<String, Optional<String>> secrets;
  private final String configuration;

  /**
   * For one backup.
   *
   * @param zone in which times of day are meant
   * @param secrets of whose backup it is, by name
   * @param configuration the file to name if something in it is wrong
   */
  public Targets(
      DurableFiles files,
      InstantSource clock,
      ZoneId zone,
      Function<String, Optional<String>> secrets,
      String configuration) {
    this.files = files;
    this.clock = clock;
    this.zone = zone;
    this.secrets = secrets;
    this.configuration = configuration;
  }

  /**
   * Opens a place; connects when it is first used. Whether a directory may be used is the caller's
   * to see.
   *
   * @param removing whether files other than locks are to be removed
   * @throws KibanException if the target or its secret is not usable
   */
  public Backend open(Target target, boolean removing) {
    boolean other = removing && !target.removalSecret().isEmpty();
    String secret = other ? target.removalSecret() : target.secret();
    Backend backend =
        target.isDirectory()
            ? new LocalBackend(Path.of(target.location()), files)
            : new RetryingBackend(remote(target, secret), Waits::pause);
    return target.appendOnly() && !other ? new AppendOnlyBackend(backend) : backend;
  }

  private Backend remote(Target target, String secretName) {
    Throttle up = limit("upload-limits", target.uploads());
    Throttle down = limit("download-limits", target.downloads());
    String location = target.location();
    Optional<SftpAddress> sftp = sftp(location, target.hostKeys());
    if (sftp.isPresent()) {
      if (target.hostKeys().isEmpty()) {
        throw wrong("sftp-host-keys", "[]");
      }
      return new SftpBackend(sftp.get(), secret(location, secretName), up, down);
    }
    S3Address s3 =
        s3(location, target.s3()).orElseThrow(() -> wrong("location", "'" + location + "'"));
    return new S3Backend(s3, secret(location, secretName), lock(target.s3()), clock, up, down);
  }

  private KibanException wrong(String key, Object value) {
    return new KibanException(
        Outcome.USAGE, BackupMessage.WRONG_SETTING, configuration, key, value);
  }

  private String secret(String location, String name) {
    if (name.isEmpty()) {
      throw wrong("secret", "''");
    }
    return secrets
        .apply(name)
        .orElseThrow(
            () ->
                new KibanException(
                    Outcome.REFUSED,
                    BackupMessage.NO_ACCESS,
                    location,
                    "there is no secret " + name));
  }

  private Throttle limit(String key, List<String> windows) {
    try {
      return new Bandwidth(
          windows.stream().map(Bandwidth.Window::parse).toList(), clock, zone, Waits::pause);
    } catch (IllegalArgumentException e) {
      throw wrong(key, "'" + e.getMessage() + "'");
    }
  }

  private Optional<S3Backend.ObjectLock> lock(Target.S3 settings) {
    if (settings.lockDays() == 0) {
      return Optional.empty();
    }
    if (settings.lockDays() < 0) {
      throw wrong("s3-lock-days", settings.lockDays());
    }
    if (!List.of("COMPLIANCE", "GOVERNANCE").contains(settings.lockMode())) {
      throw wrong("s3-lock-mode", "'" + settings.lockMode() + "'");
    }
    return Optional.of(
        new S3Backend.ObjectLock(settings.lockMode(), Duration.ofDays(settings.lockDays())));
  }

  /** {@code sftp://user@host:port/path}, or {@code sftp:user@host:path}. */
  static Optional<SftpAddress> sftp(String location, List<String> hostKeys) {
    Matcher url = SFTP_URL.matcher(location);
    if (url.matches()) {
      int port = url.group(3) == null ? 22 : Integer.parseInt(url.group(3));
      String host = url.group(2).replaceAll("[\\[\\]]", "");
      return Optional.of(new SftpAddress(url.group(1), host, port, bare(url.group(4)), hostKeys));
    }
    Matcher brief = SFTP_SHORT.matcher(location);
    return brief.matches()
        ? Optional.of(
            new SftpAddress(brief.group(1), brief.group(2), 22, bare(brief.group(3)), hostKeys))
        : Optional.empty();
  }

  /** {@code s3:https://host:port/bucket/prefix}; without a scheme, https. */
  static Optional<S3Address> s3(String location, Target.S3 settings) {
    Matcher parts = S3.matcher(location);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String scheme = parts.group(1) == null ? "https" : parts.group(1);
    String prefix = parts.group(4) == null ? "" : bare(parts.group(4));
    return Optional.of(
        new S3Address(
            URI.create(scheme + "://" + parts.group(2)),
            parts.group(3),
            prefix.startsWith("/") ? prefix.substring(1) : prefix,
            settings.region(),
            !settings.virtualHost()));
  }

  private static String bare(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
