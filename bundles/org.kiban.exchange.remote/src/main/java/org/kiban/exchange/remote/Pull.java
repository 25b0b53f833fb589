package org.kiban.exchange.remote;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.kiban.core.Digests;
import org.kiban.core.storage.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the files of a far folder here, each once. A file is known by its name, size and version.
 * What was taken in is noted in a file of its own before anything is done on the other side, and
 * the note stays for as long as the other side lists the file: a kill at any moment neither loses a
 * file nor gives one twice. A copy that was cut is gone on with. Safe for any thread.
 */
final class Pull implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Pull.class);
  private static final int MANIFEST_BYTES = 1 << 20;
  private static final int READY = 1000;

  private final Store store;
  private final Path spool;
  private final DurableFiles files;
  private final Whole whole;
  private final ScheduledExecutorService thread;
  private final Deque<FarArrival> ready = new ArrayDeque<>();
  private final Map<String, FarArrival> here = new ConcurrentHashMap<>();
  private final Set<String> retired = ConcurrentHashMap.newKeySet();
  private Set<Store.Entry> before = Set.of();
  private volatile Set<String> listed = Set.of();
  private volatile IOException failure;
  private volatile boolean closed;

  Pull(Store store, Path directory, DurableFiles files, Whole whole, Duration pause)
      throws IOException {
    this.store = store;
    this.spool = Files.createDirectories(directory.resolve(".far"));
    this.files = files;
    this.whole = whole;
    try (var notes = Files.newDirectoryStream(spool, "*.retired")) {
      notes.forEach(n -> retired.add(n.getFileName().toString().replace(".retired", "")));
    }
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            r -> {
              Thread t = new Thread(r, "kiban-exchange-pull-" + store.place(""));
              t.setDaemon(true);
              return t;
            });
    thread.scheduleWithFixedDelay(this::look, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  static String id(Store.Entry entry) {
    String text = entry.name() + '\0' + entry.size() + '\0' + entry.version();
    return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  DurableFiles files() {
    return files;
  }

  private void look() {
    try {
      List<Store.Entry> entries = store.list();
      Set<String> names = entries.stream().map(Store.Entry::name).collect(Collectors.toSet());
      listed = entries.stream().map(Pull::id).collect(Collectors.toSet());
      forget();
      for (Store.Entry entry : entries) {
        if (closed) {
          return;
        }
        if (!whole.accompanies(entry.name())) {
          handle(entry, names);
        }
      }
      before = new HashSet<>(entries);
      failure = null;
    } catch (IOException e) {
      failed(e);
    } catch (RuntimeException e) {
      failed(new IOException(e.toString(), e));
    }
  }

  private void failed(IOException e) {
    if (!closed) {
      LOG.debug("{}", store.place(""), e);
      failure = e;
    }
  }

  /** Notes of files that the other side does not list any more have done their work. */
  private void forget() throws IOException {
    for (String id : retired) {
      if (!listed.contains(id)) {
        files.delete(note(id));
        retired.remove(id);
      }
    }
  }

  private void handle(Store.Entry entry, Set<String> names) throws IOException {
    String id = id(entry);
    if (retired.contains(id)) {
      store.retire(entry);
      if (names.contains(entry.name() + FarOutbound.MANIFEST)) {
        store.retire(new Store.Entry(entry.name() + FarOutbound.MANIFEST, 0, ""));
      }
      if (!whole.marker().isEmpty()) {
        store.retire(new Store.Entry(entry.name() + whole.marker(), 0, ""));
      }
    } else if (!here.containsKey(id)
        && here.size() < READY
        && whole.isWhole(entry, names, before)) {
      Path copy = copied(entry, id);
      byte[] claim = names.contains(entry.name() + FarOutbound.MANIFEST) ? manifest(entry) : null;
      FarArrival arrival = new FarArrival(this, entry, copy, claim);
      here.put(id, arrival);
      giveBack(arrival);
    }
  }

  private Path copied(Store.Entry entry, String id) throws IOException {
    Path copy = spool.resolve(id + ".content");
    long have = Files.exists(copy) ? Files.size(copy) : 0;
    if (have > entry.size()) {
      Files.delete(copy);
      have = 0;
    }
    if (have < entry.size() || entry.size() == 0) {
      try (OutputStream out =
          Files.newOutputStream(copy, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        if (entry.size() > 0) {
          store.read(entry, have, out);
        }
      }
    }
    if (Files.size(copy) != entry.size()) {
      Files.delete(copy);
      throw new IOException(entry.name() + ": changed while it was copied");
    }
    return copy;
  }

  private byte[] manifest(Store.Entry entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.read(new Store.Entry(entry.name() + FarOutbound.MANIFEST, MANIFEST_BYTES, ""), 0, bytes);
    return bytes.toByteArray();
  }

  FarArrival next() {
    synchronized (ready) {
      return ready.poll();
    }
  }

  void giveBack(FarArrival arrival) {
    synchronized (ready) {
      ready.add(arrival);
    }
  }

  void requireReachable() throws IOException {
    IOException now = failure;
    if (now != null) {
      throw new IOException(store.place("") + ": " + now.getMessage(), now);
    }
  }

  boolean holds(String id) {
    return !retired.contains(id) && (here.containsKey(id) || listed.contains(id));
  }

  void retire(FarArrival arrival) throws IOException {
    String id = arrival.id();
    if (here.containsKey(id)) {
      files.write(note(id), out -> out.write(arrival.name().getBytes(StandardCharsets.UTF_8)));
      retired.add(id);
      here.remove(id);
      Files.deleteIfExists(arrival.copy());
    }
  }

  private Path note(String id) {
    return spool.resolve(id + ".retired");
  }

  @Override
  public void close() throws IOException {
    closed = true;
    thread.shutdownNow();
    store.close();
  }
}
