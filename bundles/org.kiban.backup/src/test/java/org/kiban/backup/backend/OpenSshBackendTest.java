package org.kiban.backup.backend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.platform.remote.SftpServer;

/** A directory behind OpenSSH's own SFTP program, which syncs, and renames in its own way. */
class OpenSshBackendTest extends BackendContractTest {

  @TempDir private Path directory;
  private SftpServer server;

  @Override
  Backend empty() throws Exception {
    Optional<Path> program =
        Stream.concat(
                Stream.of("/usr/lib/openssh", "/usr/libexec/openssh", "/usr/lib/ssh"),
                Stream.of(System.getenv("PATH").split(":")))
            .map(d -> Path.of(d, "sftp-server"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "no sftp-server (apt-get install openssh-sftp-server)");
    server = SftpServer.openSsh(program.get());
    String path = directory.resolve("repository").toString();
    return new SftpBackend(server.address(path), SftpServer.PASSWORD, bytes -> {}, bytes -> {});
  }

  @Override
  String leftover(String name) {
    return name + "-tmp-0123abcd";
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  void foreign(String path) throws Exception {
    Path file = directory.resolve("repository").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }
}
