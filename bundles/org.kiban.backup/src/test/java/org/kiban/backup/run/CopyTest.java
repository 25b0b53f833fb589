package org.kiban.backup.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.Fixture;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Writer;

/** A copy that was broken off leaves parts; the next one trusts none of them. */
class CopyTest {

  @TempDir private Path directory;

  @Test
  void a_tree_that_arrived_before_its_data_does_not_keep_the_data_away() throws Exception {
    Path below = Files.createDirectories(directory.resolve("source/below"));
    Files.write(below.resolve("file"), Fixture.random(1, 100_000));
    Path from = directory.resolve("from");
    Fixture.create(from).close();
    Id root = Fixture.save(from, directory.resolve("source")).snapshot().tree();
    Path to = directory.resolve("to");
    Fixture.create(to).close();
    givenOnlyTheTree(from, to, root);

    try (Repository source = Fixture.open(from).lock(false);
        Repository target = Fixture.open(to).lock(false)) {
      assertThat(new Copy(source, target, new Progress()).run()).hasSize(1);
    }

    try (Repository target = Fixture.open(to).lock(true)) {
      assertThat(new Check(target, new Progress()).run(Subset.ALL, 2)).isEmpty();
    }
    Path restored = directory.resolve("restored");
    assertThat(Fixture.restore(to, root, restored).problems()).isEmpty();
  }

  private static void givenOnlyTheTree(Path from, Path to, Id root) throws Exception {
    try (Repository source = Fixture.open(from);
        Repository target = Fixture.open(to).lock(false)) {
      source.loadIndex();
      target.loadIndex();
      byte[] tree = source.load(BlobType.TREE, root);
      try (Writer writer = target.writer(true)) {
        writer.add(BlobType.TREE, tree, tree.length);
        writer.flush();
      }
    }
  }
}
