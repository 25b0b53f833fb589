package org.kiban.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kiban.backup.job.Job;
import org.kiban.backup.source.PostgresSettings;
import org.kiban.backup.source.Tree;
import org.kiban.backup.source.Views;
import org.kiban.core.backup.BackupSource;

/** What a job names, as of one moment. */
final class Gathering {

  private final Owner owner;
  private final BackupConfig config;
  private final Foundation node;
  private final Places places;

  Gathering(Owner owner, BackupConfig config, Foundation node, Places places) {
    this.owner = owner;
    this.config = config;
    this.node = node;
    this.places = places;
  }

  /** Tags that tell what the owner has and a snapshot made now does not hold. */
  List<String> missing(Job job) {
    return job.sources().contains(Job.STATE)
        ? owner.missing().get().stream().map(name -> Job.WITHOUT + name).toList()
        : List.of();
  }

  /**
   * Fixes the moment.
   *
   * @throws org.kiban.core.KibanException if the job names what there is not
   */
  Views of(Job job) throws IOException {
    List<BackupSource> all = new ArrayList<>(owner.sources().get());
    all.addAll(
        new PostgresSettings(
                all.get(0).municipality(), owner.directory(), owner.secrets(), places::wrong)
            .sources(config.postgresql(), config.postgresql$_$base()));
    List<BackupSource> chosen = new ArrayList<>();
    List<Path> trees = new ArrayList<>();
    boolean state = job.sources().contains(Job.STATE);
    for (String word : job.sources()) {
      if (word.equals(Job.STATE)) {
        chosen.addAll(all);
      } else if (word.startsWith("/")) {
        trees.add(places.allowed(word, "sources"));
      } else {
        chosen.add(
            all.stream()
                .filter(s -> s.name().equals(word))
                .findFirst()
                .orElseThrow(() -> places.wrong("sources", word)));
      }
    }
    if (chosen.isEmpty() && trees.isEmpty()) {
      throw places.wrong("sources", "[]");
    }
    chosen.add(new Tree(trees, places.taken()));
    return Views.prepare(
        chosen.stream().distinct().toList(),
        owner.directory().toRealPath().resolve("view"),
        node.journals,
        state ? Optional.of(owner.state()) : Optional.empty());
  }
}
