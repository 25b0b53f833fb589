package org.kiban.backup.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.kiban.backup.backend.Target;
import org.kiban.backup.repository.Repository.Password;

/**
 * A sibling that is the whole node, restored as on an empty machine.
 *
 * @param place of the repository
 * @param secret that opens the place; empty for a directory
 * @param node the name in its snapshots
 */
public record NodeFilling(Target place, Optional<String> secret, String node, Password password)
    implements Filling {

  private static final Duration LIMIT = Duration.ofHours(12);

  @Override
  public void fill(Sibling sibling) throws IOException {
    sibling.restore(place, secret, node, password, LIMIT);
  }
}
