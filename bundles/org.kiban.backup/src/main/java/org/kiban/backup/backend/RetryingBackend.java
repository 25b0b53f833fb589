package org.kiban.backup.backend;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import org.kiban.platform.remote.TransientException;
import org.kiban.platform.remote.Waits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what failed by a {@link TransientException}: after 1, 2, 4 … seconds, a minute at
 * most, ten times in all, which a line may be down for four minutes. A place that was never reached
 * is given up after four times: whoever mistyped its address is told within seconds. An answer that
 * was lost is no failure: what the first try stored or removed counts.
 */
public final class RetryingBackend extends ForwardingBackend {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingBackend.class);
  private static final int TRIES = 10;
  private static final int TRIES_AT_FIRST = 4;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Waits.Pause pause;
  private volatile boolean isReached;

  /** In front of a backend that says what is transient. */
  public RetryingBackend(Backend real, Waits.Pause pause) {
    super(real);
    this.pause = pause;
  }

  /** A call of the backend. */
  @FunctionalInterface
  private interface Call<T> {
    T run(boolean again) throws IOException;
  }

  private <T> T tried(String what, Call<T> call) throws IOException {
    Duration wait = FIRST;
    for (int n = 1; ; n++) {
      try {
        T result = call.run(n > 1);
        isReached = true;
        return result;
      } catch (TransientException e) {
        if (n >= (isReached ? TRIES : TRIES_AT_FIRST)) {
          throw new IOException(e.getMessage() + " (tried " + n + " times)", e);
        }
        LOG.info("{}: {}: {}; again in {} s", location(), what, e.getMessage(), wait.toSeconds());
        pause.pause(wait);
        Duration next = wait.multipliedBy(2);
        wait = next.compareTo(LONGEST) > 0 ? LONGEST : next;
      }
    }
  }

  @Override
  public void create() throws IOException {
    tried(
        "create",
        again -> {
          super.create();
          return null;
        });
  }

  @Override
  public void save(Kind kind, String name, byte[] content, int length) throws IOException {
    tried(
        kind.path(name),
        again -> {
          try {
            super.save(kind, name, content, length);
          } catch (FileAlreadyExistsException e) {
            if (!again || super.size(kind, name) != length) {
              throw e;
            }
          }
          return null;
        });
  }

  @Override
  public byte[] load(Kind kind, String name) throws IOException {
    return tried(kind.path(name), again -> super.load(kind, name));
  }

  @Override
  public void load(Kind kind, String name, long offset, byte[] into, int length)
      throws IOException {
    tried(
        kind.path(name),
        again -> {
          super.load(kind, name, offset, into, length);
          return null;
        });
  }

  @Override
  public long size(Kind kind, String name) throws IOException {
    return tried(kind.path(name), again -> super.size(kind, name));
  }

  @Override
  public List<Entry> list(Kind kind) throws IOException {
    return tried(kind.directory(), again -> super.list(kind));
  }

  @Override
  public void delete(Kind kind, String name) throws IOException {
    tried(
        kind.path(name),
        again -> {
          try {
            super.delete(kind, name);
          } catch (NoSuchFileException e) {
            if (!again) {
              throw e;
            }
          }
          return null;
        });
  }

  @Override
  public int discardLeftovers() throws IOException {
    return tried("leftovers", again -> super.discardLeftovers());
  }
}
