package org.kiban.backup.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.tree.Node;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Writes one file of a snapshot. */
public final class Dump {

  private Dump() {}

  /** Writes it to a file that is not there yet; returns its size. */
  public static long run(Repository repository, Snapshot snapshot, Path path, Path target)
      throws IOException {
    repository.loadIndex();
    Node[] found = new Node[1];
    Listing.walk(
        repository,
        snapshot.tree(),
        Path.of("/"),
        (at, node) -> {
          if (at.equals(path) && node.type() == Node.Type.FILE) {
            found[0] = node;
          }
          return path.startsWith(at);
        });
    if (found[0] == null) {
      throw new KibanException(Outcome.USAGE, BackupMessage.NO_PATH, snapshot.id().brief(), path);
    }
    try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      new FileContent(repository, found[0], new Progress()).transferTo(out);
    }
    return found[0].meta().size();
  }
}
