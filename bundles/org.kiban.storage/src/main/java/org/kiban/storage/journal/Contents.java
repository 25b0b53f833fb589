package org.kiban.storage.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.kiban.core.storage.Journal.Base;
import org.kiban.core.storage.Journal.Damage;
import org.kiban.core.storage.Journal.Entry;
import org.kiban.core.storage.Journal.Reader;

/** What a journal's files hold, for any number of readers; no file goes while one of them reads. */
final class Contents {

  private final Segments segments;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  Contents(Segments segments) {
    this.segments = segments;
  }

  /** Held by who removes files. */
  Lock alone() {
    return lock.writeLock();
  }

  /**
   * Hands over the entries from a position on.
   *
   * @param durable asked for the end once no file can go any more
   */
  void read(Supplier<Durable> durable, long from, Reader reader) throws IOException {
    lock.readLock().lock();
    try {
      Durable end = durable.get();
      List<Path> files = segments.list();
      for (int i = 0; i < files.size(); i++) {
        long first = Segments.first(files.get(i));
        boolean before = i + 1 < files.size() && Segments.first(files.get(i + 1)) <= from;
        if (!before && first <= end.last()) {
          read(files.get(i), end, from, reader);
        }
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  private void read(Path file, Durable end, long from, Reader reader) throws IOException {
    try (SegmentReader segment = new SegmentReader(file, segments.key(), end.limit(file))) {
      new Walk(segments, Segments.first(file)).read(segment, from, reader);
    }
  }

  /** Finds every damaged place. */
  List<Damage> verify(Supplier<Durable> durable) throws IOException {
    lock.readLock().lock();
    try {
      Durable end = durable.get();
      Anchor head = segments.head();
      Anchor base = segments.base();
      List<Damage> strange = new ArrayList<>();
      Walk walk = new Walk(segments, base == null ? 1 : base.position() + 1);
      List<Damage> found = walk.verify(end, entry -> compare(head, entry, strange));
      found.addAll(strange);
      return found;
    } finally {
      lock.readLock().unlock();
    }
  }

  private void compare(Anchor head, Entry entry, List<Damage> strange) {
    if (head != null
        && head.position() == entry.position()
        && !head.matches(segments.key(), entry.hash())) {
      strange.add(new Damage(entry.position(), "not the entry that the journal once ended with"));
    }
  }

  /** What the oldest entry follows. */
  Base base() throws IOException {
    lock.readLock().lock();
    try {
      return new Expiry(segments).base();
    } finally {
      lock.readLock().unlock();
    }
  }
}
