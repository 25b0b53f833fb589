package org.kiban.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.NodeState.Fact;
import org.kiban.core.NodeState.Kind;
import org.kiban.core.NodeState.Snapshot;
import org.kiban.storage.DurableFilesComponent;

class SeenTest {

  @TempDir private Path folder;

  @Test
  void whatWasSeenIsKnownAfterTheNodeStartsAgain() throws IOException {
    Path file = folder.resolve("seen.json");
    Seen seen = new Seen(file, new DurableFilesComponent());
    assertThat(seen.last()).isEmpty();
    Seen.State state =
        Seen.State.of(
            Snapshot.of(List.of(new Fact(Kind.FILE, "etc/a.cfg", "sha256=1", false))),
            Map.of("admin", "12345678 admin"));

    seen.keep(state);

    assertThat(new Seen(file, new DurableFilesComponent()).last()).contains(state);
    assertThat(state.facts()).containsEntry("file etc/a.cfg", "sha256=1");
  }
}
