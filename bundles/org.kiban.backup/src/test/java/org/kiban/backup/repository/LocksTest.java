package org.kiban.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.backup.Fixture;
import org.kiban.backup.backend.Backend.Kind;

/** A lock that was given back never comes again. */
class LocksTest {

  @TempDir private Path directory;

  @Test
  void a_renewal_that_was_about_to_begin_leaves_no_lock_behind() throws Exception {
    try (Repository repository = Fixture.create(directory.resolve("repository")).lock(false)) {
      repository.held().renew();
      assertThat(repository.backend().list(Kind.LOCK)).hasSize(1);
      repository.held().close();

      repository.held().renew();

      assertThat(repository.backend().list(Kind.LOCK)).isEmpty();
    }
  }
}
