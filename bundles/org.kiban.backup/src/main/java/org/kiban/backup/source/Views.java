package org.kiban.backup.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kiban.core.backup.BackupSource;
import org.kiban.core.backup.BackupSource.Content;
import org.kiban.core.backup.BackupSource.View;
import org.kiban.core.storage.Journals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several sources as of one moment, to be read until this is closed. Databases are copied before
 * the moment, so that none knows more than its journal.
 */
public final class Views implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Views.class);

  private final LiveStaging staging;
  private final List<View> views = new ArrayList<>();

  private Views(LiveStaging staging) {
    this.staging = staging;
  }

  /**
   * Prepares sources and fixes their moment.
   *
   * @param view a directory for copies; what lies there is removed
   * @param journals kept as they are at the moment
   * @param below the directory of those journals; empty if none of them is read
   * @throws IOException if a source cannot; nothing is held then
   */
  public static Views prepare(
      List<BackupSource> sources, Path view, Journals journals, Optional<Path> below)
      throws IOException {
    Views all = new Views(new LiveStaging(view));
    try {
      for (BackupSource source : sources) {
        all.views.add(prepared(source, all.staging));
      }
      if (below.isPresent()) {
        all.fix(journals, below.get());
      } else {
        all.atMoment();
      }
      if (!all.staging.replaced().isEmpty()) {
        all.views.add(new Fixed(List.of(view), List.of()));
      }
      return all;
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  private static View prepared(BackupSource source, BackupSource.Staging staging)
      throws IOException {
    try {
      return source.prepare(staging);
    } catch (IOException e) {
      throw new IOException(source.name() + ": " + e.getMessage(), e);
    }
  }

  private void fix(Journals journals, Path below) throws IOException {
    try (Journals.Hold hold = journals.hold(below)) {
      for (Path journal : hold.journals()) {
        hold.copy(journal, staging);
        views.add(new Fixed(List.of(), List.of(journal)));
      }
      atMoment();
    }
  }

  /**
   * Where a file of a snapshot lay on the node: below a view is what stands for files elsewhere.
   */
  public static Path live(Path path) {
    for (int i = 1; i + 2 < path.getNameCount(); i++) {
      if (path.getName(i).toString().equals("backup")
          && path.getName(i + 1).toString().equals("view")) {
        return path.getRoot().resolve(path.subpath(i + 2, path.getNameCount()));
      }
    }
    return path;
  }

  private void atMoment() throws IOException {
    for (View each : views) {
      each.atMoment();
    }
  }

  /** What this adds itself. */
  private record Fixed(List<Path> paths, List<Path> excludes) implements View {}

  /** What is to be read: no path lies below another. */
  public List<Path> paths() {
    Set<Path> paths = new LinkedHashSet<>();
    views.stream().flatMap(v -> v.paths().stream()).sorted().forEach(paths::add);
    return paths.stream()
        .filter(p -> paths.stream().noneMatch(o -> !o.equals(p) && p.startsWith(o)))
        .toList();
  }

  /** What is left out, as patterns that mean just these paths. */
  public List<String> excludes() {
    Set<String> excludes = new LinkedHashSet<>();
    staging.replaced().forEach(p -> excludes.add(literal(p)));
    views.forEach(v -> v.excludes().forEach(p -> excludes.add(literal(p))));
    return List.copyOf(excludes);
  }

  /** What is to be read at a path where nothing lies, once each. */
  public Map<Path, Content> streams() {
    return staging.streams();
  }

  private static String literal(Path path) {
    return path.toString().replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
  }

  @Override
  public void close() {
    views.forEach(View::close);
    try {
      staging.empty();
    } catch (IOException e) {
      LOG.warn("copies that were saved remain for now: {}", e.toString());
    }
  }
}
