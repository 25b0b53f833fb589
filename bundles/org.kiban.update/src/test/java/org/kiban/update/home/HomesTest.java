package org.kiban.update.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.KibanException;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.batch.FileBatchesComponent;
import org.kiban.update.UpdateCode;

/** Distributions beside the one that operators unpacked. */
class HomesTest {

  private static final Map<String, String> FILES =
      Map.of(
          "lib/boot/a.jar", "a".repeat(3000), "etc/config.properties", "x", "etc/own.json", "{}");

  @TempDir private Path folder;
  private Homes homes;

  @BeforeEach
  void givenAFolder() throws IOException {
    DurableFilesComponent files = new DurableFilesComponent();
    homes =
        new Homes(
            Files.createDirectories(folder.resolve("homes")),
            files,
            new FileBatchesComponent(files));
  }

  private Archive archive(Tar tar) {
    return tar.write(folder.resolve("kiban.tar.gz"));
  }

  private void unpack(Tar tar) {
    Archive archive = archive(tar);
    homes.unpack(archive, archive.content().program(), step -> {});
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(homes.folder())) {
      return all.map(h -> h.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsUnpackedIsTheDistributionAndCanBeRun() throws IOException {
    List<String> steps = new ArrayList<>();
    Archive archive = archive(Tar.distribution("1.2.0", FILES));

    homes.unpack(archive, archive.content().program(), steps::add);

    Path home = homes.home("1.2.0");
    assertThat(home.resolve("lib/boot/a.jar")).hasContent("a".repeat(3000));
    assertThat(home.resolve("bin/kiban")).isExecutable();
    assertThat(Program.of(home)).isEqualTo(archive.content().program());
    assertThat(steps).last().asString().contains("100 %");
    assertThat(names()).containsExactly("1.2.0");
  }

  @Test
  void aFileThatIsNotInTheListOrNotAsItSaysOrMissingIsRefusedAndNothingStays() throws IOException {
    Map<String, String> all = new LinkedHashMap<>(FILES);
    all.put("bin/kiban", "");
    all.put(Program.VERSION, "kiban 1.2.0");
    all.put(Program.FORMAT, "1");
    all.put(Program.OWN, "");
    String list = Tar.list(all);
    Map<String, String> more = new LinkedHashMap<>(all);
    more.put("deploy/evil.jar", "x");
    Map<String, String> other = new LinkedHashMap<>(all);
    other.put("lib/boot/a.jar", "b".repeat(3000));
    Map<String, String> less = new LinkedHashMap<>(all);
    less.remove("lib/boot/a.jar");

    for (Map<String, String> files : List.of(more, other, less)) {
      assertThatThrownBy(() -> unpack(Tar.described("1.2.0", files, list)))
          .isInstanceOfSatisfying(
              KibanException.class,
              e -> assertThat(e.code()).isEqualTo(UpdateCode.NO_DISTRIBUTION));
      assertThat(names()).isEmpty();
    }
  }

  @Test
  void whatACrashLeftIsUnpackedAnewAndTheSameBuildIsNot() throws IOException {
    Files.createDirectories(homes.home(".1.2.0.new/lib"));
    unpack(Tar.distribution("1.2.0", FILES));
    Files.createFile(homes.home("1.2.0").resolve("mark"));

    unpack(Tar.distribution("1.2.0", FILES));
    assertThat(homes.home("1.2.0").resolve("mark")).exists();

    unpack(Tar.distribution("1.2.0", Map.of("lib/boot/a.jar", "other")));
    assertThat(homes.home("1.2.0").resolve("mark")).doesNotExist();
    assertThat(names()).containsExactly("1.2.0");
  }

  @Test
  void olderOnesGo() throws IOException {
    for (String version : List.of("1.2.0", "1.9.0", "1.10.0", "1.11.0")) {
      unpack(Tar.distribution(version, Map.of()));
    }

    homes.prune(Set.of("1.11.0", "base"));

    assertThat(names()).containsExactly("1.10.0", "1.11.0");
  }

  @Test
  void changesInEtcAreToldAndTouchNothing() throws IOException {
    unpack(Tar.distribution("1.0.0", FILES));
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(etc.resolve("own.json"), "{\"mine\": 1}");
    Files.writeString(etc.resolve("config.properties"), "by hand");
    Archive next =
        archive(
            Tar.distribution(
                "1.1.0",
                Map.of("etc/own.json", "{}\n\"a\"\n", "etc/config.properties", "y", "etc/n", "n")));
    Path home = homes.home("1.0.0");

    List<EtcChanges.Change> changes =
        new EtcChanges(etc, home, Program.of(home))
            .of(next.content().program(), next.content().etc());

    assertThat(changes)
        .containsExactlyInAnyOrder(
            new EtcChanges.Change("n", EtcChanges.What.ADDED, List.of()),
            new EtcChanges.Change("own.json", EtcChanges.What.DEFAULT, List.of("+ \"a\"")),
            new EtcChanges.Change("config.properties", EtcChanges.What.EDITED, List.of()));
    assertThat(etc.resolve("own.json")).hasContent("{\"mine\": 1}");
  }
}
