package org.kiban.storage.batch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.FileBatch;

/** Syncs many files by one call for their file system, few of them one by one. */
final class SyncedBatch implements FileBatch {

  /** From so many files on the file system as a whole is cheaper, whatever else waits on it. */
  private static final int MANY = 16;

  private static final int CHUNK = 1 << 16;

  private enum State {
    WRITING,
    WRITTEN,
    LOST
  }

  private final Object device;
  private final DurableFiles files;
  private final Map<Path, State> unsynced = new ConcurrentHashMap<>();
  private final Set<Path> touched = ConcurrentHashMap.newKeySet();
  private volatile Disks.Disk disk;

  /**
   * @param directory on the file system
   * @param disk the file system, open before anything is written so that it notices what fails, or
   *     null to sync file by file
   * @param files syncs directories
   */
  SyncedBatch(Path directory, Disks.Disk disk, DurableFiles files) throws IOException {
    this.disk = disk;
    this.files = files;
    this.device = disk == null ? null : device(directory);
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev");
  }

  @Override
  public void write(Path file, InputStream content) throws IOException {
    boolean atOnce = disk == null;
    unsynced.put(file, State.WRITING);
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      copy(content, out);
      if (atOnce) {
        out.force(false);
      }
    } catch (IOException | RuntimeException | Error e) {
      unsynced.put(file, State.LOST);
      throw e;
    }
    touched.add(file.getParent());
    if (atOnce) {
      unsynced.remove(file);
    } else if (!unsynced.replace(file, State.WRITING, State.WRITTEN)) {
      throw new IOException(file + ": what was written meanwhile did not reach the disk");
    }
  }

  private static void copy(InputStream content, FileChannel out) throws IOException {
    int known = content.available();
    if (known > 0 && known <= CHUNK) {
      content.transferTo(Channels.newOutputStream(out)); // from memory without another array
      return;
    }
    byte[] chunk = new byte[CHUNK];
    int n;
    while ((n = content.readNBytes(chunk, 0, chunk.length)) > 0) {
      ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, n);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    if (!isDurable(from)) {
      throw new IOException(from + ": not on disk, it must be written again");
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    unsynced.remove(to); // what was written there before is gone, what lies there now is on disk
    touched.add(from.getParent());
    touched.add(to.getParent());
  }

  @Override
  public boolean isDurable(Path file) {
    return !unsynced.containsKey(file);
  }

  @Override
  public synchronized void sync() throws IOException {
    List<Path> written =
        unsynced.entrySet().stream()
            .filter(e -> e.getValue() == State.WRITTEN)
            .map(Map.Entry::getKey)
            .toList();
    List<Path> directories = List.copyOf(touched);
    touched.removeAll(directories);
    try {
      if (written.size() >= MANY && onThisDisk(written, directories)) {
        disk.sync();
      } else {
        for (Path file : written) {
          force(file);
        }
        for (Path one : directories) {
          files.syncDirectory(one);
        }
      }
    } catch (IOException | RuntimeException e) {
      // Whose write it was that failed is not said, and no other call will be told again.
      unsynced.replaceAll((file, state) -> State.LOST);
      touched.addAll(directories);
      throw e;
    }
    written.forEach(file -> unsynced.remove(file, State.WRITTEN));
  }

  /** Whether all are on the file system that was opened: something may be mounted over it since. */
  private boolean onThisDisk(List<Path> written, List<Path> directories) throws IOException {
    Set<Path> places = new HashSet<>(directories);
    written.forEach(file -> places.add(file.getParent()));
    for (Path place : places) {
      if (disk == null || !device(place).equals(device)) {
        close(); // for good: one opened now could not tell what failed before
        return false;
      }
    }
    return true;
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(false);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (disk != null) {
      disk.close();
      disk = null;
    }
  }
}
