package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The build under test is repeated from a copy of the source in another folder, time zone, locale
 * and umask; the archive must come out the same, byte for byte.
 */
class ReproducibleIT {

  private static final Path SOURCES = Path.of(System.getProperty("kiban.sources")).normalize();

  @Test
  void anotherFolderTimeZoneLocaleAndUmaskGiveTheSameArchive() throws IOException {
    Path copy = Distribution.work().resolve("another place");
    Distribution.delete(copy);
    copySources(copy);
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "umask 0077; cd \"$1\" && shift && exec \"$@\"", "sh"));
    command.addAll(List.of(copy.toString(), System.getProperty("maven.home") + "/bin/mvn"));
    command.addAll(List.of("-o", "-q", "-B", "-pl", "assembly", "-am", "package"));
    command.addAll(List.of("-DskipTests", "-Dspotless.check.skip", "-Dcheckstyle.skip"));
    command.add("-Dmaven.repo.local=" + System.getProperty("maven.repository"));

    Shell.run(
            command,
            Map.of(
                "TZ",
                "Pacific/Kiritimati",
                "MAVEN_OPTS",
                "-Duser.language=ja -Duser.country=JP",
                "LC_ALL",
                "C"))
        .expect(0);

    Path again = copy.resolve("assembly/target").resolve(Distribution.archive().getFileName());
    assertThat(differences(Distribution.archive(), again, copy)).isEmpty();
    assertThat(Files.mismatch(Distribution.archive(), again)).isEqualTo(-1);
    Distribution.delete(copy);
  }

  private static void copySources(Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(ReproducibleIT::isSource).toList()) {
        Path target = copy.resolve(SOURCES.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
  }

  private static boolean isSource(Path file) {
    for (Path part : SOURCES.relativize(file)) {
      if (part.toString().equals("target") || part.toString().equals(".git")) {
        return false;
      }
    }
    return true;
  }

  /** Names of the files that differ, so that a failure says where to look. */
  private static List<String> differences(Path first, Path second, Path folder) throws IOException {
    if (Files.mismatch(first, second) == -1) {
      return List.of();
    }
    Map<String, Path> left = unpack(first, folder.resolve("left"));
    Map<String, Path> right = unpack(second, folder.resolve("right"));
    TreeSet<String> names = new TreeSet<>(left.keySet());
    names.addAll(right.keySet());
    return names.stream().filter(name -> !same(left.get(name), right.get(name))).toList();
  }

  private static boolean same(Path left, Path right) {
    try {
      return left != null && right != null && Files.mismatch(left, right) == -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Path> unpack(Path archive, Path folder) throws IOException {
    Files.createDirectories(folder);
    Shell.run(List.of("tar", "xzf", archive.toString(), "-C", folder.toString())).expect(0);
    Map<String, Path> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(f -> found.put(folder.relativize(f).toString(), f));
    }
    return found;
  }
}
