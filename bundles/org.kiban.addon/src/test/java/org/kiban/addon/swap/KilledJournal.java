package org.kiban.addon.swap;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.kiban.core.storage.Journal;

/** A journal that may be killed before an entry is written. */
record KilledJournal(Journal journal, FakeNode node) implements Journal {
  @Override
  public long append(List<byte[]> payloads) throws IOException {
    node.operation();
    return journal.append(payloads);
  }

  @Override
  public long last() {
    return journal.last();
  }

  @Override
  public byte[] head() {
    return journal.head();
  }

  @Override
  public void read(long from, Reader reader) throws IOException {
    journal.read(from, reader);
  }

  @Override
  public Base base() throws IOException {
    return journal.base();
  }

  @Override
  public long expire(Instant now, Duration keep, Dating dating) throws IOException {
    return journal.expire(now, keep, dating);
  }

  @Override
  public List<Damage> verify() throws IOException {
    return journal.verify();
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
