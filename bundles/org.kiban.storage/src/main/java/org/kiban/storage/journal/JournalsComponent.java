package org.kiban.storage.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKey;
import org.kiban.core.backup.BackupSource.Staging;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journal;
import org.kiban.core.storage.Journals;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens journals and keeps other openers out, inside this process and outside. */
@Component
public final class JournalsComponent implements Journals {

  private final DurableFiles files;
  private final Limits limits;
  private final Set<Path> open = ConcurrentHashMap.newKeySet();
  private final Map<Path, FileJournal> journals = new ConcurrentHashMap<>();
  private final AtomicInteger threads = new AtomicInteger();

  /**
   * @param files writes segment headers
   */
  @Activate
  public JournalsComponent(@Reference DurableFiles files) {
    this(files, Limits.DEFAULT);
  }

  JournalsComponent(DurableFiles files, Limits limits) {
    this.files = files;
    this.limits = limits;
  }

  @Override
  public Journal open(Path directory, SecretKey key) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path real = directory.toRealPath();
    // Within one process a second lock must not even be tried: closing it would drop the first.
    if (!open.add(real)) {
      throw new IOException(real + ": the journal is already open");
    }
    Closeable lock = null;
    try {
      lock = lock(real);
      sweep(real);
      Segments segments = new Segments(real, key, files);
      FileJournal journal =
          new FileJournal(segments, limits, lock, "kiban-storage-" + threads.incrementAndGet());
      journals.put(real, journal);
      return journal;
    } catch (IOException | RuntimeException e) {
      release(real, lock, e);
      if (e instanceof DamagedException) {
        throw new IOException(real + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  @Override
  public Hold hold(Path below) throws IOException {
    Path top = below.toRealPath();
    Map<Path, FileJournal> held = new TreeMap<>();
    journals.forEach(
        (path, journal) -> {
          if (path.startsWith(top)) {
            held.put(path, journal);
          }
        });
    held.values().forEach(FileJournal::hold);
    return new Held(held);
  }

  private record Held(Map<Path, FileJournal> held) implements Hold {
    @Override
    public List<Path> journals() {
      return List.copyOf(held.keySet());
    }

    @Override
    public void copy(Path journal, Staging staging) throws IOException {
      held.get(journal).copy(staging);
    }

    @Override
    public void close() {
      held.values().forEach(FileJournal::release);
    }
  }

  private Closeable lock(Path real) throws IOException {
    FileChannel channel =
        FileChannel.open(real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IOException(real + ": another process holds the journal");
    }
    return () -> {
      channel.close();
      journals.remove(real);
      open.remove(real);
    };
  }

  private void release(Path real, Closeable lock, Exception cause) {
    open.remove(real);
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  /** Removes what a crash left of a file that was being written. */
  private static void sweep(Path real) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(real, ".*.tmp")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }
}
