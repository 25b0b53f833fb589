package org.kiban.backup.backend;

import java.util.List;
import org.kiban.platform.remote.Bandwidth;
import org.kiban.platform.remote.SftpAddress;

/**
 * A place for a repository as an operator names it. Holds names of secrets, never secrets.
 *
 * @param location {@code /path}, {@code sftp://user@host:port//path} or {@code
 *     s3:https://host/bucket/prefix}, as restic writes them
 * @param secret the name of the secret with which files are read and added; empty for a directory
 * @param removalSecret the name of the one with which files may be removed; empty for the same
 * @param appendOnly whether nothing may be removed with the first
 * @param hostKeys of an SFTP server, as in {@link SftpAddress}
 * @param s3 what only a bucket has
 * @param uploads limits of what is sent, as {@link Bandwidth.Window#parse} reads them
 * @param downloads limits of what is received
 */
public record Target(
    String location,
    String secret,
    String removalSecret,
    boolean appendOnly,
    List<String> hostKeys,
    S3 s3,
    List<String> uploads,
    List<String> downloads) {

  /**
   * Of a bucket.
   *
   * @param virtualHost whether the bucket's name stands in the host's name
   * @param lockDays for how many days what is stored cannot be removed; 0 for not
   * @param lockMode {@code COMPLIANCE} or {@code GOVERNANCE}
   */
  public record S3(String region, boolean virtualHost, int lockDays, String lockMode) {}

  /** Whether it is a directory here. */
  public boolean isDirectory() {
    return location.startsWith("/");
  }
}
