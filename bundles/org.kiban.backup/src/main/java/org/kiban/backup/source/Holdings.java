package org.kiban.backup.source;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;

/** Where the node holds what belongs to a municipality, and what is of no worth in a backup. */
public final class Holdings {

  private static final int DEPTH = 4;

  /** What a start makes anew, or what tells of this process only. */
  private static final List<String> WORTHLESS = List.of("cache", "run", "log", "restore");

  /**
   * Versions of the program beside the one that operators unpacked, and which of them runs: a
   * machine that is restored runs what is unpacked on it, and the signed packages of the others are
   * saved.
   */
  private static final List<String> PROGRAMS =
      List.of(
          "node/update/homes",
          "node/update/current",
          "node/update/trial",
          "node/update/failed",
          "node/update/expected.json");

  private static final Pattern NAME = Pattern.compile("(?:.*~)?(\\d{6})(?:\\..*)?");

  private final NodePaths paths;

  /** Of a node. */
  public Holdings(NodePaths paths) {
    this.paths = paths;
  }

  /**
   * The directories in which a backup puts copies aside and keeps a repository or tables for a
   * disaster.
   */
  private static List<Path> ofBackups(Path owner) {
    return List.of(
        owner.resolve("backup/repository"),
        owner.resolve("backup/drill"),
        owner.resolve("backup/export"));
  }

  /** All of the node. */
  public OwnState.Reading node() {
    return new OwnState.Reading() {
      @Override
      public List<Path> paths() throws IOException {
        return List.of(paths.data().toRealPath(), paths.etc().toRealPath());
      }

      @Override
      public List<Path> excludes() throws IOException {
        Path data = paths.data().toRealPath();
        List<Path> left = new ArrayList<>();
        Stream.concat(WORTHLESS.stream(), PROGRAMS.stream()).map(data::resolve).forEach(left::add);
        try (DirectoryStream<Path> owners = Files.newDirectoryStream(data)) {
          for (Path owner : owners) {
            left.addAll(ofBackups(owner));
            if (MunicipalityCode.isValid(owner.getFileName().toString())) {
              left.add(owner.resolve("backup/view"));
            }
          }
        }
        return left;
      }
    };
  }

  /**
   * A municipality's: its data, and every file or directory in {@code etc/} that bears its code.
   */
  public OwnState.Reading municipality(MunicipalityCode code) {
    return new OwnState.Reading() {
      @Override
      public List<Path> paths() throws IOException {
        List<Path> found = new ArrayList<>(List.of(data(code)));
        try (Stream<Path> all = Files.walk(paths.etc().toRealPath(), DEPTH)) {
          all.filter(p -> bears(p.getFileName().toString(), code.value())).forEach(found::add);
        }
        return found;
      }

      @Override
      public List<Path> excludes() throws IOException {
        return ofBackups(data(code));
      }
    };
  }

  private Path data(MunicipalityCode code) throws IOException {
    return paths.data().toRealPath().resolve(code.value());
  }

  private static boolean bears(String name, String code) {
    return ofMunicipality(name).filter(code::equals).isPresent();
  }

  /** The municipality whose configuration a file or directory of that name is. */
  public static Optional<String> ofMunicipality(String name) {
    return Optional.of(NAME.matcher(name))
        .filter(Matcher::matches)
        .map(m -> m.group(1))
        .filter(MunicipalityCode::isValid);
  }
}
