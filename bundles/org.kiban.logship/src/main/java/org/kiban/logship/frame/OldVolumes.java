package org.kiban.logship.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.kiban.core.storage.Journal;
import org.kiban.core.storage.Journals;

/**
 * Volumes that are no longer written, for any number of readers at a time: a journal can be open
 * once only, and one that is thrown away under a reader's hands goes when he has done.
 */
final class OldVolumes {

  private record Borrowed(Journal journal, int readers) {}

  private final Path directory;
  private final Journals journals;
  private final SecretKey key;
  private final Map<Long, Borrowed> borrowed = new HashMap<>();
  private final Set<Long> unwanted = new HashSet<>();

  OldVolumes(Path directory, Journals journals, SecretKey key) {
    this.directory = directory;
    this.journals = journals;
    this.key = key;
  }

  /** Where a volume lies. */
  Path path(long number) {
    return directory.resolve(String.format("%010d", number));
  }

  /** Reads a volume from an entry on; nothing if it was thrown away meanwhile. */
  void read(long number, long from, Volume.Visitor visitor) throws IOException {
    Journal journal = borrow(number);
    if (journal == null) {
      return;
    }
    try {
      Volume.read(journal, from, visitor);
    } finally {
      giveBack(number);
    }
  }

  /** Throws a volume away. */
  synchronized void remove(long number) throws IOException {
    if (borrowed.containsKey(number)) {
      unwanted.add(number);
      return;
    }
    try (Stream<Path> files = Files.list(path(number))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(path(number));
  }

  /** How much disk a volume takes, in bytes. */
  long size(long number) throws IOException {
    if (!Files.exists(path(number))) {
      return 0;
    }
    try (Stream<Path> files = Files.list(path(number))) {
      return files.mapToLong(f -> f.toFile().length()).sum();
    }
  }

  /** All that lie there, in their order. */
  List<Long> numbers() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(p -> p.getFileName().toString())
          .filter(n -> n.matches("[0-9]{10}"))
          .map(Long::valueOf)
          .sorted()
          .toList();
    }
  }

  private synchronized Journal borrow(long number) throws IOException {
    if (unwanted.contains(number) || !Files.exists(path(number))) {
      return null;
    }
    Borrowed b = borrowed.get(number);
    Journal old = b == null ? journals.open(path(number), key) : b.journal();
    borrowed.put(number, new Borrowed(old, b == null ? 1 : b.readers() + 1));
    return old;
  }

  private synchronized void giveBack(long number) throws IOException {
    Borrowed b = borrowed.remove(number);
    if (b.readers() > 1) {
      borrowed.put(number, new Borrowed(b.journal(), b.readers() - 1));
      return;
    }
    b.journal().close();
    if (unwanted.remove(number)) {
      remove(number);
    }
  }
}
