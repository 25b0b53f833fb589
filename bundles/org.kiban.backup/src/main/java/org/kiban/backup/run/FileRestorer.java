package org.kiban.backup.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Buffers;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Location;
import org.kiban.backup.repository.PackReader;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.tree.Node;

/**
 * Writes files pack by pack: each pack is read once, in its order, and what it holds goes to where
 * it belongs. A file whose content is already there is found so and left alone.
 */
final class FileRestorer {

  private static final int HOLE = 64 * 1024;
  private static final int SLICE = 256 * 1024; // is copied once more, so that must stay near

  private final Repository repository;
  private final Progress progress;
  private final int threads;
  private final Buffers buffers = new Buffers();

  /** A file to restore. */
  static final class Target {
    private final Path path;
    private final Node.Meta meta;
    private final List<Id> content;
    private final AtomicInteger left = new AtomicInteger();
    private boolean created;
    private boolean failed;

    Target(Path path, Node.Meta meta, List<Id> content) {
      this.path = path;
      this.meta = meta;
      this.content = content;
    }
  }

  /** Where a blob goes. */
  private record Piece(Target file, long offset) {}

  private record Wanted(Id id, Location where, List<Piece> pieces) {}

  FileRestorer(Repository repository, Progress progress, int threads) {
    this.repository = repository;
    this.progress = progress;
    this.threads = threads;
  }

  void run(List<Target> files) throws IOException {
    Map<Integer, Map<Id, Wanted>> packs = new HashMap<>();
    for (Target file : files) {
      plan(file, packs);
    }
    ExecutorService workers =
        Executors.newFixedThreadPool(threads, Repository.threads("kiban-backup-restore"));
    try {
      List<Future<?>> all = new ArrayList<>();
      for (Map.Entry<Integer, Map<Id, Wanted>> pack : packs.entrySet()) {
        Id id = repository.index().pack(pack.getKey());
        all.add(workers.submit(() -> pack(id, pack.getValue())));
      }
      for (Future<?> f : all) {
        FileSaver.await(f);
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private void plan(Target file, Map<Integer, Map<Id, Wanted>> packs) {
    try {
      if (isThere(file)) {
        Attributes.apply(file.path, file.meta);
        progress.file(file.meta.size(), false);
        return;
      }
      List<Wanted> found = new ArrayList<>(file.content.size());
      long offset = 0;
      for (Id id : file.content) {
        Location where = repository.index().find(BlobType.DATA, id);
        if (where == null) {
          throw new IOException("no index tells where blob " + id + " is");
        }
        found.add(new Wanted(id, where, List.of(new Piece(file, offset))));
        offset += where.size();
      }
      file.left.set(found.size());
      if (found.isEmpty()) {
        open(file).close();
        Attributes.apply(file.path, file.meta);
        progress.file(0, true);
      }
      for (Wanted w : found) {
        packs
            .computeIfAbsent(w.where().pack(), p -> new HashMap<>())
            .computeIfAbsent(w.id(), i -> new Wanted(i, w.where(), new ArrayList<>(1)))
            .pieces()
            .addAll(w.pieces());
      }
    } catch (IOException e) {
      progress.problem(file.path + ": " + e.getMessage());
    }
  }

  /** Whether the file has this content already: sizes agree, and each piece's hash. */
  private boolean isThere(Target file) throws IOException {
    if (!Files.isRegularFile(file.path, LinkOption.NOFOLLOW_LINKS)
        || Files.size(file.path) != file.meta.size()) {
      return false;
    }
    try (FileChannel in = FileChannel.open(file.path, LinkOption.NOFOLLOW_LINKS)) {
      for (Id id : file.content) {
        Location where = repository.index().find(BlobType.DATA, id);
        if (where == null) {
          return false;
        }
        ByteBuffer piece = ByteBuffer.allocate(where.size());
        while (piece.hasRemaining() && in.read(piece) >= 0) {
          continue;
        }
        if (piece.hasRemaining() || !Repository.hash(piece.array(), 0, where.size()).equals(id)) {
          return false;
        }
      }
    }
    return true;
  }

  private void pack(Id id, Map<Id, Wanted> wanted) {
    List<Wanted> order = new ArrayList<>(wanted.values());
    order.sort(Comparator.comparingInt(w -> w.where().offset()));
    try (PackReader reader = new PackReader(repository, id, buffers)) {
      for (int i = 0; i < order.size(); i++) {
        Wanted w = order.get(i);
        try {
          reader.ahead(w.where().offset(), end(order, i));
          byte[] plain = reader.blob(w.id(), w.where());
          for (Piece piece : w.pieces()) {
            write(piece, plain, w.where().size());
          }
        } catch (IOException e) {
          for (Piece piece : w.pieces()) {
            fail(piece.file(), e);
          }
        }
      }
    }
  }

  /** Where a stretch ends that is worth being read at once. */
  private static int end(List<Wanted> order, int from) {
    int end = order.get(from).where().offset() + order.get(from).where().length();
    for (int i = from + 1; i < order.size(); i++) {
      Location next = order.get(i).where();
      if (next.offset() - end > PackReader.GAP
          || next.offset() + next.length() - order.get(from).where().offset()
              > PackReader.STRETCH) {
        break;
      }
      end = Math.max(end, next.offset() + next.length());
    }
    return end;
  }

  private void fail(Target file, IOException e) {
    synchronized (file) {
      if (!file.failed) {
        file.failed = true;
        progress.problem(file.path + ": " + e.getMessage());
      }
    }
  }

  /** Opens for each piece: thousands of files may be half done. */
  private static FileChannel open(Target file) throws IOException {
    synchronized (file) {
      if (!file.created) {
        FileChannel made = create(file.path);
        file.created = true;
        return made;
      }
    }
    return FileChannel.open(file.path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** What lies there already makes room; mostly there is nothing. */
  private static FileChannel create(Path path) throws IOException {
    Set<OpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      return FileChannel.open(path, anew);
    } catch (FileAlreadyExistsException e) {
      Restore.clear(path);
      return FileChannel.open(path, anew);
    }
  }

  private void write(Piece piece, byte[] plain, int length) {
    Target file = piece.file();
    try (FileChannel channel = open(file)) {
      spare(channel, plain, length, piece.offset());
      progress.bytes(length);
      if (file.left.decrementAndGet() == 0) {
        finish(file, channel);
      }
    } catch (IOException e) {
      fail(file, e);
    }
  }

  /** Leaves out stretches of zeros, so that a file with holes has them again. */
  private static void spare(FileChannel out, byte[] plain, int length, long offset)
      throws IOException {
    int from = 0;
    for (int at = 0; at < length; at += HOLE) {
      int end = Math.min(length, at + HOLE);
      if (end - at == HOLE && isZero(plain, at, end)) {
        put(out, plain, from, at, offset);
        from = end;
      }
    }
    put(out, plain, from, length, offset);
  }

  private static boolean isZero(byte[] plain, int from, int to) {
    if (plain[from] != 0 || plain[to - 1] != 0) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (plain[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static void put(FileChannel out, byte[] plain, int from, int to, long offset)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(plain);
    buffer.position(from);
    while (buffer.position() < to) {
      buffer.limit(Math.min(to, buffer.position() + SLICE));
      out.write(buffer, offset + buffer.position());
    }
  }

  private void finish(Target file, FileChannel channel) throws IOException {
    if (channel.size() < file.meta.size()) {
      channel.write(ByteBuffer.wrap(new byte[1]), file.meta.size() - 1);
    }
    Attributes.apply(file.path, file.meta);
    progress.file(0, true);
  }
}
