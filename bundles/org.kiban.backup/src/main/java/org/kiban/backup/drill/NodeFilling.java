package org.kiban.backup.drill;

import java.io.IOException;
import java.time.Duration;
import org.kiban.backup.repository.Repository.Password;

/**
 * A sibling that is the whole node, restored as on an empty machine.
 *
 * @param location the repository, a directory
 * @param node the name in its snapshots
 */
public record NodeFilling(String location, String node, Password password) implements Filling {

  private static final Duration LIMIT = Duration.ofHours(12);

  @Override
  public void fill(Sibling sibling) throws IOException {
    sibling.restore(location, node, password, LIMIT);
  }
}
