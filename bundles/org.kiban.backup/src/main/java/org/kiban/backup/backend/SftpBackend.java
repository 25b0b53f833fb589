package org.kiban.backup.backend;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatPathExtension;
import org.apache.sshd.sftp.client.impl.AbstractSftpClient;
import org.apache.sshd.sftp.client.impl.SftpInputStreamAsync;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.repository.Id;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.platform.remote.RefusedException;
import org.kiban.platform.remote.SftpAddress;
import org.kiban.platform.remote.SftpConnection;
import org.kiban.platform.remote.Throttle;

/**
 * A directory of an SFTP server. Files are sent under another name, synced if the server can
 * (OpenSSH does), and renamed, which no server does over a file that is there.
 */
public final class SftpBackend implements Backend {

  private static final int OWNER_ONLY = 0700;
  private static final Pattern LEFTOVER = Pattern.compile("([0-9a-f]{64}|config)-tmp-[0-9a-f]{8}");

  private final SftpAddress address;
  private final SftpConnection connection;
  private final Throttle up;
  private final Throttle down;

  /**
   * Connects when it is first used.
   *
   * @param secret a password, or a private key in PEM
   */
  public SftpBackend(SftpAddress address, String secret, Throttle up, Throttle down) {
    this.address = address;
    try {
      this.connection = new SftpConnection(address, secret);
    } catch (RefusedException e) {
      throw Named.of(e, address.toString());
    }
    this.up = up;
    this.down = down;
  }

  private <T> T with(String path, SftpConnection.Use<T> use) throws IOException {
    try {
      return connection.with(path, use);
    } catch (RefusedException e) {
      throw Named.of(e, location());
    }
  }

  @Override
  public String location() {
    return address.toString();
  }

  private String path(String below) {
    return address.path() + '/' + below;
  }

  @Override
  public void create() throws IOException {
    String root = address.path();
    for (int slash = root.indexOf('/', 1); slash > 0; slash = root.indexOf('/', slash + 1)) {
      directory(root.substring(0, slash));
    }
    directory(root);
    for (Kind kind : Kind.values()) {
      if (kind != Kind.CONFIG) {
        directory(path(kind.directory()));
      }
    }
  }

  private void directory(String path) throws IOException {
    with(
        path,
        channel -> {
          makeDirectory(channel, path);
          return null;
        });
  }

  private static void makeDirectory(SftpClient channel, String path) throws IOException {
    if (stat(channel, path).isEmpty()) {
      try {
        channel.mkdir(path);
      } catch (SftpException e) {
        if (stat(channel, path).isEmpty()) {
          throw e; // not made by another at the same moment either
        }
      }
      channel.setStat(path, new Attributes().perms(OWNER_ONLY));
    }
  }

  private static boolean isMissing(SftpException e) {
    return e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
        || e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH;
  }

  private static Optional<Attributes> stat(SftpClient channel, String path) throws IOException {
    try {
      return Optional.of(channel.stat(path));
    } catch (SftpException e) {
      if (isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void save(Kind kind, String name, byte[] content, int length) throws IOException {
    String path = path(kind.path(name));
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    String other = path + "-tmp-" + random;
    with(
        path,
        channel -> {
          if (stat(channel, path).isPresent()) {
            throw new FileAlreadyExistsException(path);
          }
          try {
            sendWithDirectory(channel, other, content, length);
            channel.rename(other, path);
            return null;
          } catch (SftpException e) {
            discard(channel, other);
            throw explained(channel, path, length, e);
          }
        });
  }

  /** The 256 directories of packs are made as they are needed, not by as many questions before. */
  private void sendWithDirectory(SftpClient channel, String path, byte[] content, int length)
      throws IOException {
    try {
      send(channel, path, content, length);
    } catch (SftpException e) {
      if (!isMissing(e)) {
        throw e;
      }
      makeDirectory(channel, path.substring(0, path.lastIndexOf('/')));
      send(channel, path, content, length);
    }
  }

  private void send(SftpClient channel, String path, byte[] content, int length)
      throws IOException {
    try (OutputStream out =
        channel.write(path, OpenMode.Write, OpenMode.Create, OpenMode.Exclusive)) {
      for (int done = 0; done < length; done += Throttle.SLICE) {
        int slice = Math.min(Throttle.SLICE, length - done);
        up.take(slice);
        out.write(content, done, slice);
      }
    }
    OpenSSHFsyncExtension fsync = channel.getExtension(OpenSSHFsyncExtension.class);
    if (fsync != null && fsync.isSupported()) {
      try (CloseableHandle handle = channel.open(path, OpenMode.Write)) {
        fsync.fsync(handle);
      }
    }
  }

  private static void discard(SftpClient channel, String path) {
    try {
      channel.remove(path);
    } catch (IOException ignored) {
      return; // nobody takes it for a file of the repository
    }
  }

  /** The protocol in use has one status for everything; what is meant has to be looked for. */
  private IOException explained(SftpClient channel, String path, int length, SftpException e)
      throws IOException {
    if (e.getStatus() != SftpConstants.SSH_FX_FAILURE) {
      return e;
    }
    if (stat(channel, path).isPresent()) {
      return new FileAlreadyExistsException(path);
    }
    OpenSSHStatPathExtension space = channel.getExtension(OpenSSHStatPathExtension.class);
    if (space != null && space.isSupported()) {
      var room = space.stat(address.path());
      if (room.f_bavail * room.f_frsize < length) {
        throw new KibanException(e, Outcome.FAILED, BackupMessage.NO_ROOM, location());
      }
    }
    return e;
  }

  @Override
  public byte[] load(Kind kind, String name) throws IOException {
    byte[] all = new byte[Math.toIntExact(size(kind, name))];
    load(kind, name, 0, all, all.length);
    return all;
  }

  @Override
  public void load(Kind kind, String name, long offset, byte[] into, int length)
      throws IOException {
    String path = path(kind.path(name));
    int got =
        with(
            path,
            channel -> {
              try (InputStream in = open(channel, path, offset, length)) {
                int at = 0;
                while (at < length) {
                  int slice = Math.min(Throttle.SLICE, length - at);
                  down.take(slice);
                  int read = in.readNBytes(into, at, slice);
                  at += read;
                  if (read < slice) {
                    break;
                  }
                }
                return at;
              }
            });
    if (got < length) {
      throw new EOFException(path + " ends before " + (offset + length));
    }
  }

  /** Asks for many pieces before the first has arrived, but for none beyond what is wanted. */
  private static InputStream open(SftpClient channel, String path, long offset, int length)
      throws IOException {
    CloseableHandle handle = channel.open(path, OpenMode.Read);
    return new SftpInputStreamAsync(
        (AbstractSftpClient) channel, Throttle.SLICE, offset, offset + length, path, handle);
  }

  @Override
  public long size(Kind kind, String name) throws IOException {
    String path = path(kind.path(name));
    return with(path, channel -> channel.stat(path).getSize());
  }

  @Override
  public List<Entry> list(Kind kind) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (kind == Kind.CONFIG) {
      String path = path(kind.path("config"));
      Optional<Attributes> config = with(path, channel -> stat(channel, path));
      config.ifPresent(a -> entries.add(new Entry("config", a.getSize())));
    } else if (kind == Kind.PACK) {
      for (String directory : packDirectories()) {
        files(directory, entries);
      }
    } else {
      files(path(kind.directory()), entries);
    }
    return entries;
  }

  private List<String> packDirectories() throws IOException {
    String data = path(Kind.PACK.directory());
    return read(data).stream()
        .map(DirEntry::getFilename)
        .filter(name -> name.matches("[0-9a-f]{2}"))
        .map(name -> data + '/' + name)
        .toList();
  }

  private List<DirEntry> read(String path) throws IOException {
    return with(
        path,
        channel -> {
          List<DirEntry> all = new ArrayList<>();
          try (CloseableHandle handle = channel.openDir(path)) {
            channel.listDir(handle).forEach(all::add);
          }
          return all;
        });
  }

  private void files(String path, List<Entry> entries) throws IOException {
    for (DirEntry file : read(path)) {
      if (Id.isName(file.getFilename())) {
        entries.add(new Entry(file.getFilename(), file.getAttributes().getSize()));
      }
    }
  }

  @Override
  public void delete(Kind kind, String name) throws IOException {
    remove(path(kind.path(name)));
  }

  private void remove(String path) throws IOException {
    with(
        path,
        channel -> {
          channel.remove(path);
          return null;
        });
  }

  @Override
  public int discardLeftovers() throws IOException {
    List<String> directories = new ArrayList<>(packDirectories());
    for (Kind kind : Kind.values()) {
      directories.add(path(kind.directory()));
    }
    int discarded = 0;
    for (String directory : directories) {
      for (DirEntry file : read(directory)) {
        if (LEFTOVER.matcher(file.getFilename()).matches()) {
          remove(directory + '/' + file.getFilename());
          discarded++;
        }
      }
    }
    return discarded;
  }

  @Override
  public void close() {
    connection.close();
  }
}
