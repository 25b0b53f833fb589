package org.kiban.update;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;

/** Places below one folder; a second node has data of its own. */
record FakePaths(Path folder, String nodeName) implements NodePaths {

  @Override
  public Path home() {
    return folder.resolve("home");
  }

  @Override
  public Path etc() {
    return folder.resolve("etc");
  }

  @Override
  public Path data() {
    return folder.resolve(nodeName.equals("kura2") ? "data" : "data " + nodeName);
  }

  @Override
  public Path nodeDirectory(String capability) {
    try {
      return Files.createDirectories(data().resolve(capability));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path municipalityDirectory(MunicipalityCode code, String capability) {
    return nodeDirectory(capability);
  }
}
