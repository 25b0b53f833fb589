package org.kiban.node.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kiban.core.NodePaths;
import org.kiban.core.NodeState.Fact;
import org.kiban.core.NodeState.Kind;

/** Facts on files: {@code etc/}, {@code deploy/}, and the packages of add-ons. */
final class FileFacts {

  /** A place that is watched: the name its files have in facts, and where it lies. */
  private record Place(String name, Path folder) {}

  private final List<Place> places;
  private final Set<String> program;
  private final Hashes hashes;

  FileFacts(NodePaths paths, Hashes hashes) {
    this.places =
        List.of(
            new Place("etc", paths.etc()),
            new Place("deploy", paths.home().resolve("deploy")),
            new Place("addon", paths.data().resolve("node/addon/store")));
    this.program = programFiles(paths.home().resolve("lib/kiban/program-files"));
    this.hashes = hashes;
  }

  private static Set<String> programFiles(Path list) {
    try {
      return Set.copyOf(Files.readAllLines(list));
    } catch (IOException e) {
      // Not run from a distribution: every file is the operator's.
      return Set.of();
    }
  }

  Stream<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    for (Place place : places) {
      if (Files.isDirectory(place.folder())) {
        walk(place, facts);
      }
    }
    return facts.stream();
  }

  /** The fact's name of a file, if it is one that is watched. */
  Optional<String> name(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return places.stream()
        .filter(p -> absolute.startsWith(p.folder()) && !isTemporary(absolute))
        .map(p -> name(p, absolute))
        .findFirst();
  }

  private void walk(Place place, List<Fact> facts) {
    try (Stream<Path> files = Files.walk(place.folder())) {
      files
          .filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS) && !isTemporary(f))
          .forEach(f -> add(place, f, facts));
    } catch (IOException | UncheckedIOException e) {
      if (!(e instanceof NoSuchFileException) && !(e.getCause() instanceof NoSuchFileException)) {
        facts.add(new Fact(Kind.FILE, place.name(), "unreadable", false));
      }
    }
  }

  private void add(Place place, Path file, List<Fact> facts) {
    String value = hashes.of(file);
    if (!value.equals("?") || Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      facts.add(new Fact(Kind.FILE, name(place, file), "sha256=" + value, isDeclared(place, file)));
    }
  }

  private static String name(Place place, Path file) {
    return place.name() + "/" + place.folder().relativize(file).toString().replace('\t', ' ');
  }

  /** What belongs to the program's version is not for operators to edit; the rest of etc/ is. */
  private boolean isDeclared(Place place, Path file) {
    return place.name().equals("etc")
        && !program.contains(place.folder().relativize(file).toString());
  }

  /** A file that a durable write has not yet given its name. */
  private static boolean isTemporary(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") && name.endsWith(".tmp");
  }
}
