package org.kiban.backup.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.Fixture;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.platform.remote.TransientException;

/** What a line loses for a moment is made up for; everything else is told at once. */
class RetryingBackendTest {

  private static final String NAME = "ab".repeat(32);

  private final List<Duration> pauses = new ArrayList<>();

  @TempDir private Path directory;

  /** Fails so often, before or after the real call. */
  private final class Line extends ForwardingBackend {
    private final IOException failure;
    private final boolean after;
    private int left;

    Line(int failures, boolean after, IOException failure) {
      super(Fixture.backend(directory));
      this.left = failures;
      this.after = after;
      this.failure = failure;
    }

    private void fail(boolean now) throws IOException {
      if (now && left-- > 0) {
        throw failure;
      }
    }

    @Override
    public void save(Kind kind, String name, byte[] content, int length) throws IOException {
      fail(!after);
      super.save(kind, name, content, length);
      fail(after);
    }

    @Override
    public void delete(Kind kind, String name) throws IOException {
      fail(!after);
      super.delete(kind, name);
      fail(after);
    }
  }

  private Backend line(int failures, boolean after, IOException failure) throws IOException {
    Backend backend = new RetryingBackend(new Line(failures, after, failure), pauses::add);
    backend.create();
    return backend;
  }

  @Test
  void it_waits_twice_as_long_each_time() throws Exception {
    Backend backend = line(8, false, new TransientException("down"));

    backend.save(Kind.PACK, NAME, new byte[10], 10);

    assertThat(backend.size(Kind.PACK, NAME)).isEqualTo(10);
    assertThat(pauses)
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void it_gives_up_and_says_what_and_how_often() throws Exception {
    Backend backend = line(99, false, new TransientException("the line is down"));

    assertThatThrownBy(() -> backend.save(Kind.PACK, NAME, new byte[10], 10))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("the line is down", "10 times");
    assertThat(pauses).hasSize(9);
  }

  @Test
  void a_place_that_was_never_reached_is_given_up_within_seconds() {
    Backend backend =
        new RetryingBackend(new Line(99, false, new TransientException("refused")), pauses::add);

    assertThatThrownBy(() -> backend.save(Kind.PACK, NAME, new byte[10], 10))
        .hasMessageContaining("4 times");
    assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L);
  }

  @Test
  void what_time_does_not_mend_is_not_tried_again() throws Exception {
    Backend backend = line(1, false, new IOException("no such user"));

    assertThatThrownBy(() -> backend.save(Kind.PACK, NAME, new byte[10], 10))
        .hasMessage("no such user");
    assertThat(pauses).isEmpty();
  }

  @Test
  void a_lost_answer_is_no_failure() throws Exception {
    Backend saving = line(1, true, new TransientException("no answer"));
    saving.save(Kind.PACK, NAME, new byte[10], 10);
    assertThatThrownBy(() -> saving.save(Kind.PACK, NAME, new byte[10], 10))
        .isInstanceOf(FileAlreadyExistsException.class);

    Backend removing = line(1, true, new TransientException("no answer"));
    removing.delete(Kind.PACK, NAME);
    assertThat(removing.list(Kind.PACK)).isEmpty();
  }

  @Test
  void another_file_of_that_name_is_none_of_ours() throws Exception {
    Fixture.backend(directory).create();
    Fixture.backend(directory).save(Kind.PACK, NAME, new byte[9], 9);
    Backend backend = line(1, false, new TransientException("down"));

    assertThatThrownBy(() -> backend.save(Kind.PACK, NAME, new byte[10], 10))
        .isInstanceOf(FileAlreadyExistsException.class);
  }
}
