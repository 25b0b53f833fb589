package org.kiban.backup.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.kiban.backup.chunk.Chunker;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.repository.Writer;
import org.kiban.backup.tree.Node;
import org.kiban.backup.tree.Posix;
import org.kiban.backup.tree.RawNames;
import org.kiban.backup.tree.Stat;
import org.kiban.backup.tree.Time;
import org.kiban.backup.tree.TreeReader;
import org.kiban.backup.tree.TreeWriter;
import org.kiban.core.backup.BackupSource.Content;
import org.kiban.platform.remote.Waits;

/**
 * Walks directories on the caller's thread, has files saved by others, and closes each directory on
 * one more thread as soon as all that is in it is saved; so neither a large file nor a slow
 * directory holds the others up.
 */
final class TreeSaver implements AutoCloseable {

  private static final int FILES_AHEAD = 4096;
  private static final Directory END = new Directory(null, null);

  private final Repository repository;
  private final Writer writer;
  private final Backup.Job job;
  private final Progress progress;
  private final Excludes excludes;
  private final FileSaver files;
  private final ExecutorService readers;
  private final ExecutorService finisher =
      Executors.newSingleThreadExecutor(Repository.threads("kiban-backup-tree"));
  private final BlockingQueue<Directory> done = new ArrayBlockingQueue<>(1024);
  private final Semaphore ahead = new Semaphore(FILES_AHEAD);
  private final Stat stat = new Stat();

  /** A directory whose entries are on their way. */
  private static final class Directory {
    private final byte[] name;
    private final Node.Meta meta;
    private final List<Future<Node>> entries = new ArrayList<>();
    private final CompletableFuture<Node> node = new CompletableFuture<>();

    Directory(byte[] name, Node.Meta meta) {
      this.name = name;
      this.meta = meta;
    }
  }

  TreeSaver(Repository repository, Writer writer, Backup.Job job, Progress progress) {
    this.repository = repository;
    this.writer = writer;
    this.job = job;
    this.progress = progress;
    this.excludes = new Excludes(job.excludes());
    Chunker chunker = new Chunker(repository.config().polynomial());
    this.files = new FileSaver(writer, chunker, progress, job.threads());
    this.readers =
        Executors.newFixedThreadPool(job.threads(), Repository.threads("kiban-backup-read"));
  }

  /** Saves everything; returns the root's tree. */
  Id save(Optional<Id> parent) throws IOException {
    Future<Void> finishing = finisher.submit(this::finish);
    Directory root = new Directory(new byte[0], null);
    try {
      above(root, Path.of("/"), job.paths(), parent.orElse(null));
      put(root);
      put(END);
      return FileSaver.await(root.node).subtree();
    } catch (IOException | RuntimeException e) {
      if (finishing.isDone()) {
        FileSaver.await(finishing);
      }
      throw e;
    }
  }

  /** A directory on the way to what is saved: only that way is in it. */
  private void above(Directory into, Path directory, List<Path> targets, Id parent)
      throws IOException {
    Map<Path, List<Path>> next = new TreeMap<>();
    int depth = directory.getNameCount();
    for (Path target : targets) {
      next.computeIfAbsent(directory.resolve(target.getName(depth)), p -> new ArrayList<>())
          .add(target);
    }
    Map<String, Node> before = nodes(parent);
    for (Map.Entry<Path, List<Path>> step : next.entrySet()) {
      Path path = step.getKey();
      Node old = before.get(key(RawNames.name(path)));
      if (step.getValue().contains(path)) {
        entry(into, path, old);
      } else {
        Directory below = new Directory(RawNames.name(path), stat.read(path));
        above(below, path, step.getValue(), old == null ? null : old.subtree());
        into.entries.add(below.node);
        put(below);
      }
    }
  }

  private static String key(byte[] name) {
    return new String(name, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private Map<String, Node> nodes(Id tree) throws IOException {
    Map<String, Node> nodes = new HashMap<>();
    if (tree != null && !job.force()) {
      try {
        TreeReader.read(repository.load(BlobType.TREE, tree), tree)
            .forEach(n -> nodes.put(key(n.name()), n));
      } catch (IOException e) {
        nodes.clear(); // a damaged parent only makes the run longer
      }
    }
    return nodes;
  }

  private void put(Directory directory) throws IOException {
    boolean[] in = new boolean[1];
    while (!in[0]) {
      writer.check();
      Waits.until(() -> in[0] = done.offer(directory, 1, TimeUnit.SECONDS));
    }
  }

  private void entry(Directory into, Path path, Node old) throws IOException {
    Content stream = job.streams().get(path);
    if (stream != null) {
      stream(into, path, stream);
      return;
    }
    Node.Meta meta;
    try {
      meta = stat.read(path);
    } catch (IOException e) {
      progress.problem(path + ": " + e.getMessage());
      return;
    }
    byte[] name = RawNames.name(path);
    switch (meta.type()) {
      case DIR -> directory(into, path, new Directory(name, meta), old);
      case FILE -> file(into, path, name, meta, old);
      case SYMLINK -> link(into, path, name, meta);
      default -> into.entries.add(ready(new Node(name, meta, List.of(), null, null)));
    }
  }

  private static Future<Node> ready(Node node) {
    return CompletableFuture.completedFuture(node);
  }

  private void link(Directory into, Path path, byte[] name, Node.Meta meta) {
    try {
      byte[] target = Posix.link(path);
      into.entries.add(ready(new Node(name, meta, List.of(), null, target)));
    } catch (IOException e) {
      progress.problem(path + ": " + e.getMessage());
    }
  }

  private void directory(Directory into, Path path, Directory self, Node old) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
      for (Path child : stream) {
        if (!excludes.test(child)) {
          children.add(child);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      progress.problem(path + ": " + e.getMessage());
      return;
    }
    job.streams().keySet().stream().filter(p -> p.getParent().equals(path)).forEach(children::add);
    children.sort(null);
    Map<String, Node> before = nodes(old == null ? null : old.subtree());
    for (Path child : children) {
      entry(self, child, before.isEmpty() ? null : before.get(key(RawNames.name(child))));
    }
    into.entries.add(self.node);
    put(self);
  }

  private boolean isUnchanged(Node.Meta now, Node old) {
    if (old == null || old.type() != Node.Type.FILE) {
      return false;
    }
    Node.Meta then = old.meta();
    return then.size() == now.size()
        && then.mtime().equals(now.mtime())
        && then.ctime().equals(now.ctime())
        && then.inode() == now.inode()
        && old.content().stream().allMatch(b -> contains(b));
  }

  private boolean contains(Id blob) {
    return repository.index().contains(BlobType.DATA, blob);
  }

  private void file(Directory into, Path path, byte[] name, Node.Meta meta, Node old)
      throws IOException {
    if (isUnchanged(meta, old)) {
      progress.file(0, false);
      progress.bytes(meta.size());
      into.entries.add(ready(new Node(name, meta, old.content(), null, null)));
      return;
    }
    writer.check();
    Waits.until(ahead::acquire);
    into.entries.add(
        readers.submit(
            () -> {
              try {
                FileSaver.Content content = files.save(path, meta.size());
                progress.file(0, true);
                return new Node(name, meta.withSize(content.size()), content.blobs(), null, null);
              } catch (IOException e) {
                writer.check(); // the repository's fault ends the run, the file's does not
                progress.problem(path + ": " + e.getMessage());
                return null;
              } finally {
                ahead.release();
              }
            }));
  }

  /** What cannot be read of it ends the run: without it the backup would not be whole. */
  private void stream(Directory into, Path path, Content stream) throws IOException {
    Time now = Time.of(FileTime.from(repository.clock().instant()));
    Node.Meta meta = stat.read(path.getParent()).ownFile(now);
    into.entries.add(
        readers.submit(
            () -> {
              FileSaver.Content content;
              try (InputStream in = stream.open()) {
                content = files.save(in);
              }
              progress.file(0, true);
              Node.Meta whole = meta.withSize(content.size());
              return new Node(RawNames.name(path), whole, content.blobs(), null, null);
            }));
  }

  /** Closes directories in the order in which the walk left them: what is below comes first. */
  private Void finish() throws IOException {
    TreeWriter trees = new TreeWriter(ZoneId.systemDefault());
    try {
      while (true) {
        Directory directory = done.take();
        if (directory == END) {
          return null;
        }
        close(directory, trees);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void close(Directory directory, TreeWriter trees) {
    try {
      List<Node> nodes = new ArrayList<>(directory.entries.size());
      for (Future<Node> entry : directory.entries) {
        Node node = FileSaver.await(entry);
        if (node != null) {
          nodes.add(node);
        }
      }
      byte[] blob = trees.write(nodes);
      Id tree = writer.add(BlobType.TREE, blob, blob.length);
      directory.node.complete(new Node(directory.name, directory.meta, List.of(), tree, null));
      directory.entries.clear();
    } catch (IOException | RuntimeException | Error e) {
      directory.node.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    readers.shutdownNow();
    finisher.shutdownNow();
    files.close();
  }
}
