package org.kiban.backup.blank;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.kiban.backup.source.NodeFacts;
import org.kiban.backup.tree.Trees;
import org.kiban.core.storage.DurableFiles;

/** Puts a node that was restored below {@code restore/files} where it belongs. May be repeated. */
final class Arrival {

  private final Path data;
  private final Path restored;
  private final DurableFiles files;
  private final Installation installation;

  Arrival(Path data, Path work, DurableFiles files, Installation installation) {
    this.data = data;
    this.restored = work.resolve("files");
    this.files = files;
    this.installation = installation;
  }

  /**
   * Puts the copies that were made while the node ran in the places that they stand for.
   *
   * @param old the node's data directory as it was
   * @return its configuration as it was
   */
  Path standIns(Path old) throws IOException {
    NodeFacts facts = NodeFacts.read(restored, old);
    Path view = NodeFacts.below(restored, old).resolve(NodeFacts.VIEW);
    for (Path part : List.of(old, facts.etc())) {
      Trees.move(NodeFacts.below(view, part), NodeFacts.below(restored, part));
    }
    return facts.etc();
  }

  /** Moves everything to its place and removes what is left. */
  void take(Path old, Path etc) throws IOException {
    Path state = NodeFacts.below(restored, old);
    if (Files.exists(state)) {
      Trees.remove(state.resolve(NodeFacts.VIEW));
      try (DirectoryStream<Path> owners = Files.newDirectoryStream(state)) {
        for (Path owner : owners) {
          files.move(owner, data.resolve(owner.getFileName()));
        }
      }
    }
    Path configuration = NodeFacts.below(restored, etc);
    for (Path file : filesBelow(configuration)) {
      installation.take(file, configuration.relativize(file));
    }
    for (Path file : filesBelow(restored)) {
      if (!file.startsWith(configuration) && !file.startsWith(state)) {
        installation.takeElsewhere(file, Path.of("/").resolve(restored.relativize(file)));
      }
    }
    installation.sync();
    Trees.remove(restored);
  }

  private static List<Path> filesBelow(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }
}
