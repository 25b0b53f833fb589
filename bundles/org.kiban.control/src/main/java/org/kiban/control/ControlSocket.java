package org.kiban.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.kiban.control.api.SocketPath;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;

/**
 * The socket of a node: where it lies, who may open it, and who held it before. Only the owner can
 * enter its directory, so nobody else can connect, not even between its creation and its mode.
 */
final class ControlSocket implements AutoCloseable {

  private static final String PREFIX = "kiban-";
  private static final String LONGEST_NAME = PREFIX + "-9223372036854775808/kiban.sock";

  private final Path path;
  private final ServerSocketChannel channel;

  private ControlSocket(Path path, ServerSocketChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Listens and writes down where.
   *
   * @param data {@code KIBAN_DATA}
   * @param files writes the pointer file
   * @throws KibanException if another node listens there, or the file system refuses
   */
  static ControlSocket open(Path data, DurableFiles files) {
    Path path = SocketPath.usual(data);
    try {
      Path directory = Files.createDirectories(SocketPath.directory(data));
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      Path previous = previous(data);
      refuseIfLive(previous, path);
      removeStale(previous);
      if (!SocketPath.fits(path)) {
        path = shortDirectory().resolve(path.getFileName());
      }
      Files.deleteIfExists(path);
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      byte[] line = (path + "\n").getBytes(StandardCharsets.UTF_8);
      files.write(SocketPath.pointer(data), out -> out.write(line));
      return new ControlSocket(path, channel);
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, ControlMessage.CANNOT_OPEN, path, e.getLocalizedMessage());
    }
  }

  Path path() {
    return path;
  }

  /**
   * Waits for the next client.
   *
   * @throws IOException also when this socket is closed
   */
  SocketChannel accept() throws IOException {
    return channel.accept();
  }

  /** Closes and removes the socket; connections that are open stay open. */
  @Override
  public void close() throws IOException {
    channel.close();
    removeStale(path);
  }

  /** The node's own directory for temporary files may lie as deep as its data. */
  private static Path shortDirectory() throws IOException {
    Path own = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    Path parent = SocketPath.fits(own.resolve(LONGEST_NAME)) ? own : Path.of("/tmp");
    return Files.createTempDirectory(parent, PREFIX);
  }

  /** Removes what a node that was killed left behind. */
  private static void removeStale(Path previous) throws IOException {
    Files.deleteIfExists(previous);
    Path directory = previous.getParent();
    if (directory.getFileName().toString().startsWith(PREFIX)) {
      Files.deleteIfExists(directory);
    }
  }

  private static Path previous(Path data) throws IOException {
    Path pointer = SocketPath.pointer(data);
    return Files.exists(pointer)
        ? Path.of(Files.readString(pointer, StandardCharsets.UTF_8).strip())
        : SocketPath.usual(data);
  }

  private static void refuseIfLive(Path previous, Path usual) {
    for (Path path : new Path[] {previous, usual}) {
      if (SocketPath.fits(path) && Files.exists(path) && answers(path)) {
        throw new KibanException(Outcome.REFUSED, ControlMessage.ALREADY_OPEN, path);
      }
    }
  }

  private static boolean answers(Path path) {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return probe.isConnected();
    } catch (IOException nobodyListens) {
      return false;
    }
  }
}
