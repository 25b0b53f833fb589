package org.kiban.backup.backend;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.Fixture;

/** A directory. */
class LocalBackendTest extends BackendContractTest {

  @TempDir private Path directory;

  @Override
  Backend empty() {
    return Fixture.backend(directory.resolve("repository"));
  }

  @Override
  void foreign(String path) throws Exception {
    Path file = directory.resolve("repository").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }

  @Override
  String leftover(String name) {
    return "." + name + "." + java.util.UUID.randomUUID() + ".tmp";
  }
}
