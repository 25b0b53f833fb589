package org.kiban.backup.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;

/** Finds files by their names in all snapshots. */
public final class Find {

  private Find() {}

  /** A file that was found. */
  public record Match(String snapshot, Listing.Line line) {}

  /** Finds, newest snapshot last. */
  public static List<Match> run(Repository repository, String pattern) throws IOException {
    List<Snapshot> snapshots = repository.snapshots();
    repository.loadIndex();
    Excludes wanted = new Excludes(List.of(pattern));
    List<Match> matches = new ArrayList<>();
    for (Snapshot s : snapshots) {
      Listing.walk(
          repository,
          s.tree(),
          Path.of("/"),
          (path, node) -> {
            if (wanted.test(path)) {
              matches.add(new Match(s.id().brief(), Listing.Line.of(path.toString(), node)));
            }
            return true;
          });
    }
    return matches;
  }
}
