package org.kiban.backup;

import java.io.IOException;
import java.nio.file.Path;
import org.kiban.backup.backend.ForwardingBackend;

/** Fails at a write or removal, and at all after it, as a kill does. */
final class BreakingBackend extends ForwardingBackend {
  private int left;

  BreakingBackend(Path root, int writes) {
    super(Fixture.backend(root));
    this.left = writes;
  }

  private synchronized void count(Kind kind) throws IOException {
    if (kind != Kind.LOCK && left-- <= 0) {
      throw new IOException("killed");
    }
  }

  @Override
  public void save(Kind kind, String name, byte[] content, int length) throws IOException {
    count(kind);
    super.save(kind, name, content, length);
  }

  @Override
  public void delete(Kind kind, String name) throws IOException {
    count(kind);
    super.delete(kind, name);
  }
}
