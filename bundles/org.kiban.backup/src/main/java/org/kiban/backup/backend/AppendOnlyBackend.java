package org.kiban.backup.backend;

import java.io.IOException;
import org.kiban.backup.BackupMessage;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Removes nothing but locks, whatever the credential would allow. Whoever takes over the node does
 * not get what it lacks: the place itself must refuse too, which this does not replace.
 */
public final class AppendOnlyBackend extends ForwardingBackend {

  /** In front of another. */
  public AppendOnlyBackend(Backend real) {
    super(real);
  }

  @Override
  public void delete(Kind kind, String name) throws IOException {
    if (kind != Kind.LOCK) {
      requireRemoval();
    }
    super.delete(kind, name);
  }

  @Override
  public int discardLeftovers() {
    requireRemoval();
    return 0;
  }

  @Override
  public int bringBack() {
    requireRemoval();
    return 0;
  }

  @Override
  public void requireRemoval() {
    throw new KibanException(Outcome.REFUSED, BackupMessage.APPEND_ONLY, location());
  }
}
