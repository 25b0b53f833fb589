package org.kiban.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;

/** Paths below one directory. */
public record FixedPaths(Path home, Path etc) implements NodePaths {

  @Override
  public String nodeName() {
    return "node-a";
  }

  @Override
  public Path data() {
    return home.resolve("var");
  }

  @Override
  public Path nodeDirectory(String capability) {
    return created(data().resolve("node").resolve(capability));
  }

  @Override
  public Path municipalityDirectory(MunicipalityCode code, String capability) {
    return created(data().resolve(code.value()).resolve(capability));
  }

  private static Path created(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
