package org.kiban.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.kiban.backup.backend.LocalBackend;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repositories;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.run.Backup;
import org.kiban.backup.run.Progress;
import org.kiban.backup.run.Restore;
import org.kiban.backup.tree.Node;
import org.kiban.backup.tree.Posix;
import org.kiban.backup.tree.RawNames;
import org.kiban.backup.tree.Stat;
import org.kiban.backup.tree.Time;
import org.kiban.storage.DurableFilesComponent;

/** Sources that are hard to save, and what is compared of them. */
public final class Fixture {

  public static final String PASSWORD = "合言葉 with spaces";

  /** Packs are small, so that little data makes many. */
  public static final int PACK = 1 << 20;

  public static final Repository.Settings SETTINGS =
      new Repository.Settings(Clock.systemUTC(), "kiban-test", 3, time -> {}, PACK);

  private Fixture() {}

  public static LocalBackend backend(Path root) {
    return new LocalBackend(root, new DurableFilesComponent());
  }

  public static Repository.Password password() {
    return new Repository.Password(PASSWORD, true);
  }

  public static Repository create(Path root) throws IOException {
    Repositories.create(backend(root), SETTINGS, password());
    return open(root);
  }

  public static Repository open(Path root) throws IOException {
    return Repositories.open(backend(root), SETTINGS, password());
  }

  /** Saves with a lock of its own. */
  public static Backup.Result save(Path root, Path... sources) throws IOException {
    return save(root, List.of(), sources);
  }

  /** Saves with tags. */
  public static Backup.Result save(Path root, List<String> tags, Path... sources)
      throws IOException {
    try (Repository repository = open(root).lock(false)) {
      Progress progress = new Progress();
      Backup.Result result =
          new Backup(repository, progress)
              .run(new Backup.Job(List.of(sources), tags, List.of(), true, false, 2));
      if (progress.problemCount() > 0) {
        throw new IOException(progress.problems().toString());
      }
      return result;
    }
  }

  /** Restores all; returns what could not be. */
  public static Progress restore(Path root, Id tree, Path target) throws IOException {
    try (Repository repository = open(root).lock(false)) {
      repository.loadIndex();
      Progress progress = new Progress();
      new Restore(repository, progress, false).run(tree, List.of(), target, 2);
      return progress;
    }
  }

  public static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Names, links, sizes, times and modes that have broken backup programs. */
  public static Path hardTree(Path root) throws IOException {
    Files.createDirectories(root.resolve("住民記録/令和8年　異動"));
    Files.writeString(root.resolve("住民記録/令和8年　異動/辻󠄀\uE000.csv"), "宛名番号,氏名\n");
    Files.write(root.resolve("empty"), new byte[0]);
    Files.createDirectory(root.resolve("empty-directory"));
    Files.write(root.resolve("random"), random(1, 9_000_001));
    Files.write(root.resolve("exactly-min"), random(2, 512 * 1024));
    Files.write(root.resolve("min-and-one"), random(3, 512 * 1024 + 1));
    Files.write(root.resolve("zeros"), new byte[9 * 1024 * 1024 + 7]);
    Files.writeString(root.resolve("quotes\"and\\back<slash>&\n\t\u0001"), "x");
    byte[] sjis = "漢字表ソ.txt".getBytes("windows-31j");
    Files.writeString(RawNames.resolve(root, sjis), "windows-31j");
    Path linked = Files.write(root.resolve("hard-a"), random(4, 700_000));
    Files.createLink(root.resolve("住民記録/hard-b"), linked);
    Files.createSymbolicLink(root.resolve("link"), Path.of("住民記録"));
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("/nowhere/無い"));
    Posix.symlink(root.resolve("odd-link"), "a//b/".getBytes(StandardCharsets.US_ASCII));
    try (FileChannel sparse =
        FileChannel.open(
            root.resolve("sparse"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      sparse.write(ByteBuffer.wrap(random(5, 100)), 0);
      sparse.write(ByteBuffer.wrap(random(6, 100)), 20_000_000);
    }
    Posix.special(root.resolve("pipe"), 0010644, 0);
    Files.setAttribute(root.resolve("empty"), "unix:mode", 04755);
    Files.setAttribute(root.resolve("exactly-min"), "unix:mode", 0400);
    Posix.set(
        root.resolve("random"),
        new Node.Attribute("user.由来", "税".getBytes(StandardCharsets.UTF_8)));
    Posix.times(root.resolve("zeros"), new Time(1, 2), new Time(1_000_000_000, 123_456_789));
    Posix.times(root.resolve("link"), new Time(5, 0), new Time(7, 100));
    Posix.times(root.resolve("住民記録"), new Time(5, 0), new Time(1_234_567_890, 120_000_000));
    return root;
  }

  /** Everything that a restore must bring back, by path below the root. */
  public static Map<String, String> describe(Path root) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    Map<List<Long>, String> inodes = new HashMap<>();
    Stat stat = new Stat();
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(root)) {
      walk.sorted().forEach(paths::add);
    }
    for (Path path : paths) {
      Node.Meta m = stat.read(path);
      String name = java.util.HexFormat.of().formatHex(RawNames.bytes(path));
      name = name.substring(java.util.HexFormat.of().formatHex(RawNames.bytes(root)).length());
      String text =
          m.type()
              + " "
              + Long.toOctalString(m.mode())
              + " "
              + m.uid()
              + " "
              + m.gid()
              + " "
              + m.mtime();
      if (m.type() == Node.Type.FILE) {
        byte[] all = Files.readAllBytes(path);
        text += " " + m.size() + " " + Repository.hash(all, 0, all.length);
        String first = inodes.putIfAbsent(List.of(m.deviceId(), m.inode()), name);
        text += first == null ? "" : " = " + first;
      } else if (m.type() == Node.Type.SYMLINK) {
        text += " " + new String(Posix.link(path), StandardCharsets.UTF_8);
      }
      for (Node.Attribute a : m.attributes()) {
        text += " " + a.name() + "=" + new String(a.value(), StandardCharsets.UTF_8);
      }
      entries.put(name, text);
    }
    return entries;
  }
}
