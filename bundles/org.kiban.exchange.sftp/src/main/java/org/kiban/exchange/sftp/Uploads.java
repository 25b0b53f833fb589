package org.kiban.exchange.sftp;

import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_FAILURE;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_NO_SUCH_FILE;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_PERMISSION_DENIED;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.sftp.Tree.Place;

/**
 * Files that partners bring. Each is written aside, where the linkage does not look, and moved into
 * its interface's folder when the client closed it, or gave it its right name. Safe for any thread;
 * the node's only writer of these folders over SFTP.
 */
final class Uploads {

  private static final List<String> TEMPORARY =
      List.of(".part", ".filepart", ".partial", ".tmp", ".temp", ".upload", ".lftp", ".crdownload");

  private final DurableFiles files;
  private final InstantSource clock;
  private final int maxWaiting;
  private final Duration keep;
  private final Set<Path> open = ConcurrentHashMap.newKeySet();

  /**
   * For all partners.
   *
   * @param maxWaiting so many files may lie in one folder, unfinished ones included
   * @param keep how long one that was never finished is kept since its last change
   */
  Uploads(DurableFiles files, InstantSource clock, int maxWaiting, Duration keep) {
    this.files = files;
    this.clock = clock;
    this.maxWaiting = maxWaiting;
    this.keep = keep;
  }

  /** Whether a name says that its file is not whole, whoever closes it. */
  static boolean isTemporary(String name) {
    return TEMPORARY.stream().anyMatch(name.toLowerCase(java.util.Locale.ROOT)::endsWith);
  }

  /** Begins an upload, or goes on with one. */
  FileChannel open(Place file, Set<? extends OpenOption> options) throws IOException {
    if (Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
      throw taken();
    }
    Path part = file.unfinished();
    Files.createDirectories(part.getParent());
    if (!open.add(part)) {
      throw new Refused(SSH_FX_PERMISSION_DENIED, "this file is being written by another session");
    }
    try {
      if (Files.notExists(part)) {
        requireRoom(file);
      }
      Set<OpenOption> with = new HashSet<>(options);
      with.add(LinkOption.NOFOLLOW_LINKS);
      with.remove(StandardOpenOption.READ);
      return FileChannel.open(part, with);
    } catch (IOException | RuntimeException e) {
      open.remove(part);
      throw e;
    }
  }

  private void requireRoom(Place file) throws IOException {
    Instant oldest = clock.instant().minus(keep);
    int waiting = Tree.files(file.path().getParent()).size();
    for (Path part : Tree.files(file.unfinished().getParent())) {
      if (!open.contains(part) && Files.getLastModifiedTime(part).toInstant().isBefore(oldest)) {
        Files.deleteIfExists(part);
      } else {
        waiting++;
      }
    }
    if (waiting >= maxWaiting) {
      throw new Refused(SSH_FX_FAILURE, "too many files wait in this folder");
    }
  }

  /**
   * Ends an upload.
   *
   * @param whole whether the client closed the file; if not, the connection was lost and the client
   *     may go on later
   * @return whether the linkage sees it now
   */
  boolean close(Place file, FileChannel channel, boolean whole) throws IOException {
    Path part = file.unfinished();
    try (channel) {
      channel.force(true);
    } finally {
      open.remove(part);
    }
    if (whole && !isTemporary(file.name())) {
      publish(part, file);
      return true;
    }
    return false;
  }

  /**
   * Gives an upload another name; the right one makes it whole.
   *
   * @return whether the linkage sees it now
   */
  boolean rename(Place from, Place to) throws IOException {
    Path part = from.unfinished();
    if (Files.notExists(part) || open.contains(part)) {
      throw new Refused(SSH_FX_PERMISSION_DENIED, "only a closed upload may be renamed");
    }
    if (!part.getParent().equals(to.unfinished().getParent())) {
      throw new Refused(SSH_FX_PERMISSION_DENIED, "only within one folder");
    }
    if (!isTemporary(to.name())) {
      publish(part, to);
      return true;
    }
    if (Files.exists(to.unfinished())) {
      throw taken();
    }
    files.move(part, to.unfinished());
    return false;
  }

  /** Removes an upload that is not whole; a whole one is the linkage's. */
  void remove(Place file) throws IOException {
    Path part = file.unfinished();
    if (Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS) || open.contains(part)) {
      throw new Refused(SSH_FX_PERMISSION_DENIED, "this file was handed over already");
    }
    if (!Files.deleteIfExists(part)) {
      throw new Refused(SSH_FX_NO_SUCH_FILE, "no such file or folder");
    }
  }

  private synchronized void publish(Path part, Place file) throws IOException {
    if (Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
      throw taken();
    }
    files.move(part, file.path());
  }

  private static Refused taken() {
    return new Refused(
        SSH_FX_FAILURE, "a file of this name waits to be taken; try again in a moment");
  }
}
