package org.kiban.exchange.sftp;

import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_NO_SUCH_FILE;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_OP_UNSUPPORTED;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_PERMISSION_DENIED;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;
import org.kiban.exchange.sftp.Tree.Kind;
import org.kiban.exchange.sftp.Tree.Place;
import org.kiban.platform.remote.Throttle;

/** One session's way to its partner's files. Used by that session's thread. */
final class Folders implements SftpFileSystemAccessor {

  /** On a file that the client closed itself. */
  static final AttributeKey<Boolean> WHOLE = new AttributeKey<>();

  private static final AttributeKey<Place> PLACE = new AttributeKey<>();
  private static final int REQUEST = 16;

  private final Guest guest;
  private final Tree tree;
  private final Uploads uploads;
  private final Function<String, Throttle> throttles;
  private final long maxFile;
  private final Records records;
  private final Map<Path, Place> places =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Place> eldest) {
          return size() > REQUEST; // a path is resolved right before it is used
        }
      };

  /**
   * For one session.
   *
   * @param throttles by direction and interface, shared by all sessions
   * @param maxFile bytes of the largest file that is taken
   */
  Folders(
      Guest guest,
      Tree tree,
      Uploads uploads,
      Function<String, Throttle> throttles,
      long maxFile,
      Records records) {
    this.guest = guest;
    this.tree = tree;
    this.uploads = uploads;
    this.throttles = throttles;
    this.maxFile = maxFile;
    this.records = records;
  }

  @Override
  public Path resolveLocalFilePath(SftpSubsystemProxy session, Path root, String remote)
      throws IOException {
    Place place = tree.resolve(remote);
    Path now = place.now();
    places.put(now, place);
    return now;
  }

  private Place place(Path path) throws Refused {
    Place place = places.get(path);
    if (place == null) {
      throw new Refused(SSH_FX_NO_SUCH_FILE, "no such file or folder");
    }
    return place;
  }

  @Override
  public SeekableByteChannel openFile(
      SftpSubsystemProxy session,
      FileHandle handle,
      Path path,
      String id,
      Set<? extends OpenOption> options,
      FileAttribute<?>... attributes)
      throws IOException {
    Place place = place(path);
    handle.setAttribute(PLACE, place);
    boolean writes =
        options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.CREATE);
    if (place.kind() == Kind.OUT_FILE && !writes) {
      return metered(
          place,
          FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }
    if (place.kind() == Kind.IN_FILE && writes) {
      return metered(place, uploads.open(place, options));
    }
    throw new Refused(
        SSH_FX_PERMISSION_DENIED, "files are brought to /in/… and fetched from /out/… only");
  }

  private Metered metered(Place place, FileChannel file) {
    String route = guest.code() + (place.kind() == Kind.IN_FILE ? "/in/" : "/out/") + place.line();
    return new Metered(file, throttles.apply(route), maxFile);
  }

  @Override
  public void closeFile(
      SftpSubsystemProxy session,
      FileHandle handle,
      Path path,
      String id,
      Channel channel,
      Set<? extends OpenOption> options)
      throws IOException {
    Place place = handle.getAttribute(PLACE);
    Metered metered = (Metered) channel;
    if (metered == null || !metered.isOpen()) {
      return;
    }
    boolean closed = Boolean.TRUE.equals(handle.getAttribute(WHOLE));
    boolean whole = closed && !metered.hasFailed();
    String result =
        whole ? "done" : closed ? "failed: not all was written" : "failed: the session ended";
    long bytes = metered.size();
    if (place.kind() == Kind.OUT_FILE) {
      metered.close();
      records.transfer(guest, "read", place, bytes, result);
      return;
    }
    boolean handed = uploads.close(place, metered.file(), whole);
    records.transfer(guest, handed ? "handed over" : "unfinished", place, bytes, result);
  }

  @Override
  public DirectoryStream<Path> openDirectory(
      SftpSubsystemProxy session,
      DirectoryHandle handle,
      Path directory,
      String id,
      LinkOption... options)
      throws IOException {
    List<Path> entries = tree.list(place(directory));
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return entries.iterator();
      }

      @Override
      public void close() {
        // nothing is open
      }
    };
  }

  @Override
  public NavigableMap<String, Object> resolveReportedFileAttributes(
      SftpSubsystemProxy session,
      Path file,
      int flags,
      NavigableMap<String, Object> attributes,
      LinkOption... options) {
    NavigableMap<String, Object> shown = new TreeMap<>(attributes);
    // Whom files belong to on this node is nobody's business.
    shown.keySet().removeAll(Set.of("uid", "gid", "owner", "group", "acl", "nlink", "ino"));
    return shown;
  }

  @Override
  public void removeFile(SftpSubsystemProxy session, Path path, boolean isDirectory)
      throws IOException {
    Place place = place(path);
    if (place.kind() == Kind.OUT_FILE && !isDirectory) {
      long bytes = Files.size(path);
      Files.delete(path);
      records.transfer(guest, "taken", place, bytes, "done");
    } else if (place.kind() == Kind.IN_FILE && !isDirectory) {
      uploads.remove(place);
      records.transfer(guest, "withdrawn", place, 0, "done");
    } else {
      throw new Refused(SSH_FX_PERMISSION_DENIED, "folders are made by declarations");
    }
  }

  @Override
  public void renameFile(
      SftpSubsystemProxy session, Path from, Path to, Collection<CopyOption> options)
      throws IOException {
    Place old = place(from);
    Place now = place(to);
    if (old.kind() != Kind.IN_FILE || now.kind() != Kind.IN_FILE) {
      throw new Refused(SSH_FX_PERMISSION_DENIED, "only uploads may be renamed");
    }
    long bytes = Files.exists(old.unfinished()) ? Files.size(old.unfinished()) : 0;
    boolean handed = uploads.rename(old, now);
    records.transfer(guest, handed ? "handed over" : "unfinished", now, bytes, "done");
  }

  @Override
  public void createDirectory(SftpSubsystemProxy session, Path path) throws IOException {
    throw new Refused(SSH_FX_PERMISSION_DENIED, "folders are made by declarations");
  }

  @Override
  public void createLink(SftpSubsystemProxy session, Path link, Path existing, boolean symbolic)
      throws IOException {
    throw new Refused(SSH_FX_OP_UNSUPPORTED, "there are no links here");
  }

  @Override
  public void copyFile(
      SftpSubsystemProxy session, Path from, Path to, Collection<CopyOption> options)
      throws IOException {
    throw new Refused(SSH_FX_OP_UNSUPPORTED, "files are not copied here");
  }
}
