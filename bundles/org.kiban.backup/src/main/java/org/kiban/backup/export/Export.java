package org.kiban.backup.export;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Excludes;
import org.kiban.backup.run.FileContent;
import org.kiban.backup.run.Listing;
import org.kiban.backup.run.Progress;
import org.kiban.backup.source.Views;
import org.kiban.backup.tree.Node;
import org.kiban.core.storage.DurableFiles;

/**
 * Writes the data sets of a purpose from a snapshot, each as one CSV, with a description beside
 * them. What is wrong with one holds up no other. Used by one thread.
 */
public final class Export {

  private final Repository repository;
  private final Snapshot snapshot;
  private final DurableFiles files;
  private final Progress progress;

  /** From a repository whose index is read. */
  public Export(Repository repository, Snapshot snapshot, DurableFiles files, Progress progress) {
    this.repository = repository;
    this.snapshot = snapshot;
    this.files = files;
    this.progress = progress;
  }

  /**
   * A data set that was written.
   *
   * @param file its name; empty if there is none
   * @param columns their names
   * @param sources the files that it is made of, with their times
   * @param sha256 of the CSV
   * @param problem what is not as it should be; empty if nothing is
   */
  public record Written(
      String set,
      String title,
      String file,
      long rows,
      List<String> columns,
      List<String> sources,
      String sha256,
      String problem) {}

  /** A file in the snapshot, where it was on the node. */
  record Source(Path path, Node node) {

    Instant time() {
      return node.meta().mtime().instant();
    }

    @Override
    public String toString() {
      return path + " (" + time() + ')';
    }
  }

  /**
   * Writes all.
   *
   * @param target a directory, made if it is missing; readable by its owner only
   */
  public List<Written> run(Purposes purposes, String purpose, Path target) throws IOException {
    List<DataSet> sets = purposes.sets(purpose);
    Files.createDirectories(
        target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    List<Written> all = new ArrayList<>();
    for (DataSet set : sets) {
      all.add(written(set, target));
    }
    new Description(purposes.owner(), purpose, snapshot, sets, all)
        .write(files, target.resolve(Description.FILE));
    return all;
  }

  private Written written(DataSet set, Path target) throws IOException {
    List<Source> sources = sources(set);
    if (sources.isEmpty()) {
      return failed(set, sources, "no file matches " + String.join(", ", set.files()));
    }
    String file = set.name() + ".csv";
    Table table = new Table(set);
    byte[][] hash = new byte[1][];
    try {
      files.write(target.resolve(file), out -> hash[0] = write(table, sources, out));
    } catch (IOException e) {
      return failed(set, sources, e.getMessage());
    }
    return new Written(
        set.name(),
        set.title(),
        file,
        table.rows(),
        table.columns(),
        sources.stream().map(Source::toString).toList(),
        HexFormat.of().formatHex(hash[0]),
        table.problem());
  }

  private static Written failed(DataSet set, List<Source> sources, String problem) {
    List<String> names = sources.stream().map(Source::toString).toList();
    return new Written(set.name(), set.title(), "", 0, List.of(), names, "", problem);
  }

  private byte[] write(Table table, List<Source> sources, OutputStream out) throws IOException {
    DigestOutputStream hashed = new DigestOutputStream(out, Id.sha256());
    Sheet sheet = new Sheet(hashed);
    table.begin(sheet);
    for (Source source : sources) {
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(
                  new FileContent(repository, source.node(), progress), table.charset()))) {
        table.copy(in, sheet);
      } catch (IOException e) {
        throw new IOException(source.path() + ": " + e.getMessage(), e);
      }
      progress.file(0, true);
    }
    sheet.flush();
    return hashed.getMessageDigest().digest();
  }

  /** Oldest first; of the same time, by name. */
  private List<Source> sources(DataSet set) throws IOException {
    Excludes wanted = new Excludes(set.files());
    List<Source> found = new ArrayList<>();
    Listing.walk(
        repository,
        snapshot.tree(),
        Path.of("/"),
        (path, node) -> {
          Path live = Views.live(path);
          if (node.type() == Node.Type.FILE && wanted.test(live)) {
            found.add(new Source(live, node));
          }
          return true;
        });
    found.sort(Comparator.comparing(Source::time).thenComparing(Source::path));
    return set.newest() && !found.isEmpty() ? List.of(found.get(found.size() - 1)) : found;
  }
}
