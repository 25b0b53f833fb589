package org.kiban.backup.blank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Snapshot;
import org.kiban.backup.run.Check;
import org.kiban.backup.run.Listing;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Restore;
import org.kiban.backup.source.NodeFacts;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;

/**
 * An empty data directory that becomes a node again. Everything is restored and put in order below
 * {@code restore/} first; only then is it moved to its places, step by step, so that a restore that
 * was broken off anywhere goes on when it is begun again. While {@code restore/restore.json} lies
 * there the node does not start.
 */
final class BlankNode {

  private static final int THREADS = 2;

  private final Path data;
  private final Path work;
  private final Path note;
  private final Installation installation;
  private final DurableFiles files;
  private final Progress progress;

  /**
   * @param data where the node's state is to be
   * @param installation takes the rest
   */
  BlankNode(Path data, Installation installation, DurableFiles files, Progress progress) {
    this.data = data;
    this.work = data.resolve("restore");
    this.note = work.resolve("restore.json");
    this.installation = installation;
    this.files = files;
    this.progress = progress;
  }

  /**
   * What was begun.
   *
   * @param repository its id
   * @param snapshot its id
   * @param etc the node's configuration as it was; empty until all lies below {@code restore/}
   */
  private record Begun(String repository, String snapshot, String etc) {}

  /**
   * Restores the newest snapshot, or the one that was begun.
   *
   * @param names that the node may have
   * @return the snapshot
   * @throws KibanException if the repository, the snapshot or the directory is not right; nothing
   *     is changed then
   */
  Snapshot restore(Repository repository, List<String> names) throws IOException {
    Optional<Begun> begun = begun();
    String id = repository.config().id();
    if (begun.isPresent() && !begun.get().repository().equals(id)) {
      throw new KibanException(
          Outcome.REFUSED, BackupMessage.OTHER_RESTORE, data, begun.get().snapshot());
    }
    Snapshot snapshot = repository.snapshot(begun.map(Begun::snapshot).orElse("latest"));
    Begun now = begun.orElse(new Begun(id, snapshot.id().toString(), ""));
    if (begun.isEmpty()) {
      refuseUnlessBlank();
      refuseUnlessOneOf(names, repository, snapshot);
      refuseUnlessWhole(repository);
    }
    repository.loadIndex();
    Path old = dataOf(repository, snapshot);
    if (begun.isEmpty()) {
      Files.createDirectories(work);
      write(now);
    }
    if (now.etc().isEmpty()) {
      Path etc = fill(repository, snapshot, old);
      now = new Begun(now.repository(), now.snapshot(), etc.toString());
      write(now);
    }
    new Arrival(data, work, files, installation).take(old, Path.of(now.etc()));
    files.delete(note);
    Files.deleteIfExists(work);
    return snapshot;
  }

  /** Restores and puts in order below {@code restore/}; returns where the configuration lay. */
  private Path fill(Repository repository, Snapshot snapshot, Path old) throws IOException {
    Path target = work.resolve("files");
    new Restore(repository, progress, false).run(snapshot.tree(), List.of(), target, THREADS);
    Restore.requireWhole(snapshot, progress, Outcome.FAILED);
    Path etc = new Arrival(data, work, files, installation).standIns(old);
    installation.sync();
    return etc;
  }

  private void refuseUnlessBlank() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(data)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.equals("node") || MunicipalityCode.isValid(name)) {
          throw new KibanException(Outcome.REFUSED, BackupMessage.NOT_BLANK, data);
        }
      }
    } catch (NoSuchFileException ignored) {
      return; // it will be made
    }
  }

  private static void refuseUnlessOneOf(
      List<String> names, Repository repository, Snapshot snapshot) {
    if (!names.contains(snapshot.host())) {
      throw new KibanException(
          Outcome.REFUSED,
          BackupMessage.OTHER_NODE,
          repository.backend().location(),
          snapshot.host(),
          names.get(0));
    }
  }

  private static void refuseUnlessWhole(Repository repository) throws IOException {
    List<Check.Finding> findings =
        new Check(repository, new Progress())
            .run(pack -> false, THREADS).stream().filter(Check.Finding::serious).toList();
    if (!findings.isEmpty()) {
      throw new KibanException(
          Outcome.REFUSED,
          BackupMessage.NOT_WHOLE,
          repository.backend().location(),
          findings.size(),
          findings.get(0).file() + ": " + findings.get(0).reason());
    }
  }

  /** The data directory of the node as it was. */
  private static Path dataOf(Repository repository, Snapshot snapshot) throws IOException {
    Path[] found = new Path[1];
    for (String text : snapshot.paths()) {
      Path data = Path.of(text);
      Path mark = NodeFacts.mark(data);
      Listing.walk(
          repository,
          snapshot.tree(),
          Path.of("/"),
          (path, node) -> {
            found[0] = path.equals(mark) ? data : found[0];
            return mark.startsWith(path);
          });
    }
    if (found[0] == null) {
      throw new KibanException(
          Outcome.REFUSED,
          BackupMessage.NO_NODE,
          repository.backend().location(),
          snapshot.id().brief());
    }
    return found[0];
  }

  private Optional<Begun> begun() throws IOException {
    try {
      JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(note));
      return Optional.of(
          new Begun(
              json.path("repository").asText(),
              json.path("snapshot").asText(),
              json.path("etc").asText()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void write(Begun begun) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("repository", begun.repository());
    json.put("snapshot", begun.snapshot());
    json.put("etc", begun.etc());
    files.write(note, out -> out.write(json.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
