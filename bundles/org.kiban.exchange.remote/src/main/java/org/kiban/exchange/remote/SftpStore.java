package org.kiban.exchange.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Parcel;
import org.kiban.platform.remote.RefusedException;
import org.kiban.platform.remote.SftpAddress;
import org.kiban.platform.remote.SftpConnection;
import org.kiban.platform.remote.Throttle;

/**
 * A folder of an SFTP server. A file is sent under another name, gone on with if it was cut, and
 * renamed; a note on this node's disk made before the renaming tells after a crash that a file
 * whose other name is gone was renamed, and perhaps taken since.
 */
final class SftpStore implements Store {

  private static final int SMALL = 64 * 1024; // sent anew rather than gone on with

  private final SftpAddress address;
  private final Secret secret;
  private final Proxy proxy;
  private final Throttle throttle;
  private final boolean keeps;
  private final Path notes;
  private final DurableFiles files;
  private SftpConnection connection;

  /** Where the password or key is, read when it is needed. */
  @FunctionalInterface
  interface Secret {
    /** Its value. */
    String value() throws IOException;
  }

  SftpStore(
      SftpAddress address,
      Secret secret,
      Proxy proxy,
      Throttle throttle,
      boolean keeps,
      Path directory,
      DurableFiles files)
      throws IOException {
    this.address = address;
    this.secret = secret;
    this.proxy = proxy;
    this.throttle = throttle;
    this.keeps = keeps;
    this.notes = Files.createDirectories(directory.resolve(".far"));
    this.files = files;
  }

  private <T> T with(String path, SftpConnection.Use<T> use) throws IOException {
    try {
      return connection().with(path, use);
    } catch (RefusedException e) {
      close(); // the secret may be another one by the next try
      throw e.kind() == RefusedException.Kind.HOST_KEY
          ? new IOException(
              "the server shows the key "
                  + e.getMessage()
                  + ", not "
                  + String.join(" or ", address.hostKeys()),
              e)
          : e;
    }
  }

  private synchronized SftpConnection connection() throws IOException {
    if (connection == null) {
      connection = new SftpConnection(address, secret.value(), proxy);
    }
    return connection;
  }

  private String path(String name) {
    return address.path().isEmpty() ? name : address.path() + '/' + name;
  }

  @Override
  public List<Entry> list() throws IOException {
    String folder = address.path().isEmpty() ? "." : address.path();
    return with(
        folder,
        channel -> {
          List<Entry> entries = new ArrayList<>();
          try (CloseableHandle handle = channel.openDir(folder)) {
            for (SftpClient.DirEntry e : channel.listDir(handle)) {
              Attributes a = e.getAttributes();
              if (a.isRegularFile()) {
                String time = String.valueOf(a.getModifyTime());
                entries.add(new Entry(e.getFilename(), a.getSize(), time));
              }
            }
          }
          return entries;
        });
  }

  @Override
  public void read(Entry entry, long offset, OutputStream into) throws IOException {
    String path = path(entry.name());
    with(
        path,
        channel -> {
          try (CloseableHandle handle = channel.open(path, OpenMode.Read)) {
            byte[] slice = new byte[Throttle.SLICE];
            for (long at = offset; at < entry.size(); ) {
              int wanted = (int) Math.min(slice.length, entry.size() - at);
              throttle.take(wanted);
              int got = channel.read(handle, at, slice, 0, wanted);
              if (got < 1) {
                break;
              }
              into.write(slice, 0, got);
              at += got;
            }
          }
          return null;
        });
  }

  @Override
  public void retire(Entry entry) throws IOException {
    if (!keeps) {
      String path = path(entry.name());
      try {
        with(
            path,
            channel -> {
              channel.remove(path);
              return null;
            });
      } catch (NoSuchFileException e) {
        return; // somebody else did
      }
    }
  }

  @Override
  public void publish(Parcel parcel, String name, Path content) throws IOException {
    String path = path(name);
    String hash = HexFormat.of().formatHex(parcel.sha256(), 0, 4);
    String other = path("." + name + "." + parcel.delivery() + "-" + hash + ".part");
    Path note = notes.resolve(parcel.delivery() + "." + name.hashCode() + ".renaming");
    with(
        path,
        channel -> {
          boolean isThere = stat(channel, other).isPresent();
          if (isThere || Files.notExists(note)) {
            if (stat(channel, path).isPresent()) {
              throw new FileAlreadyExistsException(path);
            }
            send(channel, other, content);
            files.write(note, out -> {});
            channel.rename(other, path);
          }
          return null;
        });
    // In this order: as long as the content is there, the note is too.
    files.delete(content);
    files.delete(note);
  }

  private void send(SftpClient channel, String path, Path content) throws IOException {
    long size = Files.size(content);
    long have = stat(channel, path).map(Attributes::getSize).orElse(0L);
    long from = have > size || size < SMALL ? 0 : have;
    OpenMode[] modes =
        from == 0
            ? new OpenMode[] {OpenMode.Write, OpenMode.Create, OpenMode.Truncate}
            : new OpenMode[] {OpenMode.Write};
    try (InputStream in = Files.newInputStream(content);
        CloseableHandle handle = channel.open(path, modes)) {
      in.skipNBytes(from);
      byte[] slice = new byte[Throttle.SLICE];
      long at = from;
      for (int got = in.readNBytes(slice, 0, slice.length);
          got > 0;
          got = in.readNBytes(slice, 0, slice.length)) {
        throttle.take(got);
        channel.write(handle, at, slice, 0, got);
        at += got;
      }
    }
  }

  private static Optional<Attributes> stat(SftpClient channel, String path) throws IOException {
    try {
      return Optional.of(channel.stat(path));
    } catch (SftpException e) {
      if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public String place(String name) {
    return address + (name.isEmpty() ? "" : "/" + name);
  }

  @Override
  public synchronized void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
