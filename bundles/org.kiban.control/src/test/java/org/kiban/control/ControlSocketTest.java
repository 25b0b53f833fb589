package org.kiban.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.control.api.SocketPath;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;

class ControlSocketTest {

  private final DurableFiles files = new PlainFiles();

  @TempDir private Path data;

  @Test
  void onlyTheOwnerMayEnter() throws IOException {
    try (ControlSocket socket = ControlSocket.open(data, files)) {
      assertThat(socket.path()).isEqualTo(SocketPath.usual(data));
      assertThat(mode(socket.path())).isEqualTo("rw-------");
      assertThat(mode(socket.path().getParent())).isEqualTo("rwx------");
      assertThat(pointer(data)).isEqualTo(socket.path());
    }
    assertThat(SocketPath.usual(data)).doesNotExist();
  }

  @Test
  void aPathThatTheOperatingSystemCannotTakeIsReplacedByAShortOne() throws IOException {
    Path deep = data.resolve("庁内データ連携".repeat(8)).resolve("kiban");
    Path used;
    try (ControlSocket socket = ControlSocket.open(deep, files)) {
      used = socket.path();

      assertThat(SocketPath.fits(used)).isTrue();
      assertThat(mode(used.getParent())).isEqualTo("rwx------");
      assertThat(pointer(deep)).isEqualTo(used);
      connect(used);
    }
    assertThat(used.getParent()).doesNotExist();
  }

  @Test
  void theSocketOfADeadNodeIsReplaced() throws IOException {
    // given a socket that nobody listens on any more
    Files.createDirectories(SocketPath.directory(data));
    ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(UnixDomainSocketAddress.of(SocketPath.usual(data)));
    dead.close();
    assertThat(SocketPath.usual(data)).exists();

    // when, then
    try (ControlSocket socket = ControlSocket.open(data, files)) {
      connect(socket.path());
    }
  }

  @Test
  void theSocketOfALiveNodeIsRespected() throws IOException {
    try (ControlSocket first = ControlSocket.open(data, files)) {
      assertThatThrownBy(() -> ControlSocket.open(data, files))
          .isInstanceOfSatisfying(
              KibanException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ControlMessage.ALREADY_OPEN);
                assertThat(e.outcome()).isEqualTo(Outcome.REFUSED);
              });
      connect(first.path());
    }
  }

  @Test
  void aLiveNodeWithAShortSocketIsRespectedToo() throws IOException {
    Path deep = data.resolve("倉敷市".repeat(20));
    try (ControlSocket first = ControlSocket.open(deep, files)) {
      assertThatThrownBy(() -> ControlSocket.open(deep, files))
          .hasMessageContaining(first.path().toString());
      connect(first.path());
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    Files.createFile(data.resolve("node"));

    assertThatThrownBy(() -> ControlSocket.open(data, files))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(ControlMessage.CANNOT_OPEN))
        .hasMessageContaining("node");
  }

  private static Path pointer(Path data) throws IOException {
    return Path.of(Files.readString(SocketPath.pointer(data)).strip());
  }

  private static void connect(Path socket) throws IOException {
    SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
