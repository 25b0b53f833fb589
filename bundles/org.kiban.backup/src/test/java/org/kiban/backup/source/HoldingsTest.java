package org.kiban.backup.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;

/** What of a node a backup reads, and what a machine that is restored has of its own. */
class HoldingsTest {

  @TempDir Path folder;

  private record Paths(Path folder) implements NodePaths {
    @Override
    public Path home() {
      return folder.resolve("home");
    }

    @Override
    public Path data() {
      return folder.resolve("data");
    }

    @Override
    public Path etc() {
      return folder.resolve("etc");
    }

    @Override
    public String nodeName() {
      return "kura";
    }

    @Override
    public Path nodeDirectory(String capability) {
      return data().resolve("node").resolve(capability);
    }

    @Override
    public Path municipalityDirectory(MunicipalityCode code, String capability) {
      return data().resolve(code.value()).resolve(capability);
    }
  }

  @Test
  void versionsOfTheProgramAreLeftOutAndTheirSignedPackagesAreNot() throws IOException {
    Files.createDirectories(folder.resolve("etc"));
    for (String file :
        List.of(
            "update/homes/0.2.0/bin/kiban",
            "update/current",
            "update/trial",
            "update/failed",
            "update/expected.json",
            "update/store/ab12",
            "update/metadata/root.json",
            "update/journal/1.segment",
            "update/etc-0123/startup.properties")) {
      Path place = folder.resolve("data/node").resolve(file);
      Files.createDirectories(place.getParent());
      Files.writeString(place, "x");
    }

    assertThat(read(new Holdings(new Paths(folder)).node()))
        .containsExactlyInAnyOrder(
            "store/ab12", "metadata/root.json", "journal/1.segment", "etc-0123/startup.properties");
  }

  private List<String> read(OwnState.Reading reading) throws IOException {
    List<Path> excludes = reading.excludes();
    Path update = folder.resolve("data/node/update").toRealPath();
    try (Stream<Path> files = Files.walk(update)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> excludes.stream().noneMatch(f::startsWith))
          .map(f -> update.relativize(f).toString())
          .toList();
    }
  }
}
