package org.kiban.update.os;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/** The shipped helper behind a socket, as systemd runs it, but for a private root of apt. */
public final class HelperDoor implements AutoCloseable {

  private static final Path SHIPPED =
      Path.of("../../assembly/src/main/distribution/share/apt/kiban-apt-helper");

  private final Path program;
  private final Path socket;
  private final ServerSocketChannel server;
  private final Thread thread;

  /** Whether the answer is cut off before its last line. */
  public volatile boolean mute;

  /** Opens the door below the root's folder. */
  public HelperDoor(AptRoot root) throws IOException {
    program = install(root);
    socket = program.resolveSibling("socket");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    thread = new Thread(this::serve, "helper-door");
    thread.setDaemon(true);
    thread.start();
  }

  /** Puts the shipped helper in a folder of its own, pointed at a private root. */
  static Path install(AptRoot root) throws IOException {
    Path place = Files.createDirectories(root.folder().resolve("door"));
    Path program = place.resolve("kiban-apt-helper");
    String text = Files.readString(SHIPPED);
    String forget = "unset APT_CONFIG DPKG_ROOT DPKG_ADMINDIR";
    if (!text.contains(forget)) {
      throw new IOException("the helper no longer forgets where its caller points apt to");
    }
    String config = root.environment().get("APT_CONFIG");
    Files.writeString(
        program, text.replace(forget, "APT_CONFIG='" + config + "'; export APT_CONFIG"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  public Path program() {
    return program;
  }

  /** What the node uses. */
  public AptHelper helper() throws IOException {
    return helper(program, socket);
  }

  static AptHelper helper(Path program, Path socket) throws IOException {
    int me = (int) Files.getAttribute(program, "unix:uid");
    return new AptHelper(program, socket, me, Duration.ofMinutes(1));
  }

  private void serve() {
    try {
      while (true) {
        try (SocketChannel client = server.accept()) {
          answer(client);
        }
      }
    } catch (ClosedChannelException e) {
      // Closed by the test.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(SocketChannel client) throws IOException {
    Process process = new ProcessBuilder(program.toString()).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(Channels.newInputStream(client).readAllBytes());
    }
    try (InputStream out = process.getInputStream()) {
      byte[] answer = out.readAllBytes();
      Channels.newOutputStream(client).write(answer, 0, mute ? answer.length / 2 : answer.length);
    }
  }

  /** Closes the door; the kernel lets callers in as long as a thread still waits for one. */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("while closing the door");
    }
  }
}
