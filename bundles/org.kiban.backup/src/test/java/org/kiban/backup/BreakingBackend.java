package org.kiban.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.LocalBackend;
import org.kiban.storage.DurableFilesComponent;

/** Fails at a write or removal, and at all after it, as a kill does. */
final class BreakingBackend implements Backend {
  private final LocalBackend real;
  private int left;

  BreakingBackend(Path root, int writes) {
    this.real = new LocalBackend(root, new DurableFilesComponent());
    this.left = writes;
  }

  private synchronized void count(Kind kind) throws IOException {
    if (kind != Kind.LOCK && left-- <= 0) {
      throw new IOException("killed");
    }
  }

  @Override
  public String location() {
    return real.location();
  }

  @Override
  public void create() throws IOException {
    real.create();
  }

  @Override
  public void save(Kind kind, String name, byte[] content, int length) throws IOException {
    count(kind);
    real.save(kind, name, content, length);
  }

  @Override
  public byte[] load(Kind kind, String name) throws IOException {
    return real.load(kind, name);
  }

  @Override
  public void load(Kind kind, String name, long offset, byte[] into, int length)
      throws IOException {
    real.load(kind, name, offset, into, length);
  }

  @Override
  public List<Entry> list(Kind kind) throws IOException {
    return real.list(kind);
  }

  @Override
  public void delete(Kind kind, String name) throws IOException {
    count(kind);
    real.delete(kind, name);
  }

  @Override
  public void close() {
    real.close();
  }
}
