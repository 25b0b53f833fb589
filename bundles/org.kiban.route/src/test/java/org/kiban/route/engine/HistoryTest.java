package org.kiban.route.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.route.RouteFile.Format;
import org.kiban.route.engine.Past.Version;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

class HistoryTest {

  private static final Version A = new Version("aaaa", Format.YAML);
  private static final Version B = new Version("bbbb", Format.XML);
  private static final Version C = new Version("cccc", Format.YAML);

  @TempDir private Path directory;

  @Test
  void remembers_what_was_good_bad_and_stopped_over_a_restart() throws IOException {
    with(
        h -> {
          h.begins("r", A);
          h.good("r", A, -1);
          h.begins("r", B);
          h.bad("r", "bbbb", "why");
          h.stopped("r");
        });
    with(
        h -> {
          assertThat(h.of("r").current()).isEqualTo(A);
          assertThat(h.of("r").previous()).isNull();
          assertThat(h.of("r").bad()).containsEntry("bbbb", "why");
          assertThat(h.of("r").stopped()).isTrue();
          h.started("r");
          h.good("r", B, 12);
        });
    with(
        h -> {
          assertThat(h.of("r").current()).isEqualTo(B);
          assertThat(h.of("r").previous()).isEqualTo(A);
          assertThat(h.of("r").bad()).isEmpty();
          assertThat(h.of("r").number()).isEqualTo(2);
          assertThat(h.of("r").pauseMilliseconds()).isEqualTo(12);
        });
  }

  @Test
  void a_swap_that_a_crash_cut_leaves_the_version_before_in_force() throws IOException {
    with(
        h -> {
          h.good("r", A, -1);
          h.begins("r", B);
        });

    with(h -> assertThat(h.of("r").current()).isEqualTo(A));
  }

  @Test
  void keeps_so_many_versions_each_once_and_only_the_count_of_what_was_removed()
      throws IOException {
    with(
        h -> {
          h.good("r", A, 0);
          h.good("r", B, 0);
          h.good("r", A, 0);
          assertThat(h.of("r").good()).containsExactly(B, A);
          h.good("r", C, 0);
          assertThat(h.of("r").good()).containsExactly(A, C);
          h.removed("r");
          assertThat(h.of("r").current()).isNull();
          assertThat(h.of("r").number()).isEqualTo(4);
        });
  }

  private void with(Consumer<History> work) throws IOException {
    try (History history =
        new History(
            new JournalsComponent(new DurableFilesComponent())
                .open(directory.resolve("journal"), new SecretKeySpec(new byte[32], "AES")),
            () -> Instant.EPOCH,
            2)) {
      work.accept(history);
    }
  }
}
