package org.kiban.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kiban.core.storage.DurableFiles;
import org.kiban.storage.DurableFilesComponent;

/** A node that is killed while it takes a repository in. */
class KilledImportTest extends DeskBench {

  /** Steps until the kill: each thing made durable is one before it and one after. */
  private int left = Integer.MAX_VALUE;

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final class Mortal implements DurableFiles {

    private final DurableFiles files = new DurableFilesComponent();

    private void step() {
      if (--left < 0) {
        throw new Killed();
      }
    }

    @Override
    public void write(Path target, Content content) throws IOException {
      step();
      files.write(target, content);
      step();
    }

    @Override
    public void move(Path source, Path target) throws IOException {
      step();
      files.move(source, target);
      step();
    }

    @Override
    public void delete(Path file) throws IOException {
      step();
      files.delete(file);
      step();
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
      files.syncDirectory(directory);
    }
  }

  @Override
  DurableFiles files() {
    return new Mortal();
  }

  private boolean isKilledAfter(int steps) throws IOException {
    left = steps;
    try {
      desk.take(null, "tester");
      return false;
    } catch (Killed e) {
      return true;
    } finally {
      left = Integer.MAX_VALUE;
      journal.close();
      open();
    }
  }

  private List<String> imports() {
    return desk.history().stream()
        .filter(n -> n.what() == Note.What.IMPORTED)
        .map(Note::to)
        .toList();
  }

  private long stored() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("data/update/store"))) {
      return all.count();
    }
  }

  @Test
  void whereverItStoodItHasTheOldOrTheNewOffersAndTheNextImportBringsAll() throws IOException {
    offer("c", "1.0.0", "normal");
    imported();
    boolean killed = true;
    int round = 0;
    while (killed) {
      String old = states().get(0);
      round++;
      offer("c", "1." + round + ".0", "normal");
      repository.next().publish();

      killed = isKilledAfter(round - 1);

      String now = "c-1." + round + ".0 APPROVAL";
      assertThat(states()).hasSize(1).first().isIn(old, now);
      desk.take(null, "tester");
      assertThat(states()).containsExactly(now);
      assertThat(stored()).isEqualTo(1);
      assertThat(imports()).doesNotHaveDuplicates().hasSize(round + 1);
    }
    // Timestamp, snapshot, targets, the file, and the older file that goes.
    assertThat(round).isGreaterThan(10);
  }
}
