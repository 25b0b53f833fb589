package org.kiban.exchange.directory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.Inbound;

/** A watched directory. It is listed again only when everything of the last listing was given. */
final class DirectoryInbound implements Inbound {

  private final Path directory;
  private final Ready ready;
  private final DurableFiles files;
  private final Deque<Found> found = new ArrayDeque<>();
  private final Map<String, FileState> given = new ConcurrentHashMap<>();

  private record Found(Path path, FileState state) {}

  DirectoryInbound(Path directory, Ready ready, DurableFiles files) {
    this.directory = directory;
    this.ready = ready;
    this.files = files;
  }

  @Override
  public List<Arrival> poll(int max) throws IOException {
    if (found.isEmpty()) {
      list();
    }
    List<Arrival> arrivals = new ArrayList<>();
    while (arrivals.size() < max && !found.isEmpty()) {
      Found next = found.poll();
      String name = next.path().getFileName().toString();
      try {
        if (!ready.isReady(next.path())) {
          continue;
        }
        given.put(name, next.state());
        arrivals.add(new DirectoryArrival(next.path(), next.state(), ready, files));
      } catch (NoSuchFileException e) {
        given.remove(name);
      }
    }
    return arrivals;
  }

  @Override
  public void release(Arrival arrival) {
    given.remove(arrival.id());
  }

  @Override
  public boolean holds(String arrivalId) {
    return Files.exists(directory.resolve(arrivalId), LinkOption.NOFOLLOW_LINKS);
  }

  private void list() throws IOException {
    List<Found> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        String name = path.getFileName().toString();
        if (ready.accompanies(name)) {
          continue;
        }
        names.add(name);
        try {
          FileState state = FileState.of(path);
          if (!state.equals(given.get(name))) {
            all.add(new Found(path, state));
          }
        } catch (NoSuchFileException e) {
          given.remove(name);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    given.keySet().retainAll(names);
    all.sort(Comparator.comparing((Found f) -> f.state().modified()).thenComparing(Found::path));
    found.addAll(all);
  }

  /**
   * What tells one content of a name from another without reading it.
   *
   * @param key device and inode
   */
  record FileState(Object key, long size, long modified, boolean regular, boolean link) {
    static FileState of(Path path) throws IOException {
      BasicFileAttributes a =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new FileState(
          String.valueOf(a.fileKey()),
          a.size(),
          a.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
          a.isRegularFile(),
          a.isSymbolicLink());
    }
  }

  @Override
  public void close() {
    found.clear();
    given.clear();
  }
}
