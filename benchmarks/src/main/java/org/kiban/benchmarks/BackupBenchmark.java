package org.kiban.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/**
 * First run, a run with one hundredth changed, and a whole restore, of large files that cannot be
 * compressed, of CSV, and of many small files; beside the stock restic on the same data, in turns.
 * Kiban's time is that of its command in a running node; restic's that of its process. What the
 * machine can do at most is a copy of the files, brought to the disk.
 */
final class BackupBenchmark {

  private static final int FILES = 16;
  private static final int SMALL = 4096;
  private static final String KIBAN = "Kiban";
  private static final String RESTIC = "restic";
  private static final String COPY = "cp and sync";

  private final int randomMib;
  private final int csvMib;
  private final int files;
  private final int rounds;
  private final String restic;
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final Random random = new Random(1);
  private Path work;
  private Node node;
  private int moved;

  BackupBenchmark(Settings settings) {
    randomMib = settings.number("random-mib", 2048);
    csvMib = settings.number("csv-mib", 1024);
    files = settings.number("files", 100_000);
    rounds = settings.number("rounds", 3);
    restic = settings.text("restic", RESTIC);
  }

  void run() throws IOException {
    work = Node.work().resolve("backup");
    Node.delete(work);
    Files.createDirectories(work);
    Files.writeString(work.resolve("password"), "benchmark");
    List<Path> sources = List.of(large("random", randomMib), csv(), small());
    try (Node started = Node.unpack().municipality("backup")) {
      node = started;
      configure(sources);
      node.start();
      Waiting.until(Duration.ofMillis(500), this::isServed);
      // Round 0 stands by itself: Kiban's code is not compiled yet.
      for (int round = 0; round <= rounds; round++) {
        for (Path source : sources) {
          round(source, round);
        }
      }
    }
    System.out.print(Node.run(restic, "version"));
    Table.machine();
    for (Table table : tables.values()) {
      table.print();
      System.out.println();
    }
    Node.delete(work);
  }

  private void configure(List<Path> sources) throws IOException {
    StringBuilder json = new StringBuilder("{\"location\": \"" + ours() + "\", \"jobs\": [");
    List<String> names = sources.stream().map(s -> '"' + s.getFileName().toString() + '"').toList();
    json.append(String.join(", ", names)).append(']');
    for (Path source : sources) {
      json.append(", \"%s.sources\": [\"%s\"]".formatted(source.getFileName(), source));
    }
    Files.writeString(
        node.home.resolve("etc/org.kiban.backup~" + Node.CODE + ".cfg.json"), json.append('}'));
  }

  private boolean isServed() {
    try {
      node.exec("backup:create " + Node.CODE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Path ours() {
    return work.resolve("kiban");
  }

  private Path theirs() {
    return work.resolve("restic");
  }

  private void round(Path source, int round) throws IOException {
    String name = source.getFileName().toString();
    Node.delete(ours());
    Node.delete(theirs());
    node.exec("backup:create " + Node.CODE);
    restic("init");
    both(name + ", first run", source, round, "backup:run " + Node.CODE + ' ' + name, "backup");
    stored(name, round);
    timed(name + ", first run", COPY, round, () -> copy(source));
    change(source, round);
    both(name + ", 1 % changed", source, round, "backup:run " + Node.CODE + ' ' + name, "backup");
    Path out = work.resolve("out");
    inTurn(
        name + ", restore",
        round,
        () -> node.exec("backup:restore " + Node.CODE + " latest " + out),
        () -> restic("restore", "latest", "--target", out.toString()));
  }

  private void copy(Path source) throws IOException {
    Node.run("cp", "-r", source.toString(), work.resolve("out").toString());
    Node.run("sync");
  }

  private void stored(String name, int round) throws IOException {
    if (round > 0) {
      table(name + ", MiB stored").add(RESTIC, Node.mib(theirs()));
      table(name + ", MiB stored").add(KIBAN, Node.mib(ours()));
    }
  }

  private void both(String what, Path source, int round, String command, String word)
      throws IOException {
    inTurn(what, round, () -> node.exec(command), () -> restic(word, source.toString()));
  }

  private void inTurn(String what, int round, Spent.Task ours, Spent.Task theirs)
      throws IOException {
    if (round % 2 == 0) {
      timed(what, RESTIC, round, theirs);
      timed(what, KIBAN, round, ours);
    } else {
      timed(what, KIBAN, round, ours);
      timed(what, RESTIC, round, theirs);
    }
  }

  private void timed(String what, String who, int round, Spent.Task task) throws IOException {
    Node.run("sync");
    OptionalLong server = who.equals(KIBAN) ? OptionalLong.of(node.pid()) : OptionalLong.empty();
    Spent usage = Spent.of(server, task);
    clear(what);
    if (round > 0 || who.equals(KIBAN)) {
      String row = round > 0 ? who : "Kiban, its first time";
      table(what + ", s").add(row, usage.seconds());
      table(what + ", s of processors").add(row, usage.cpu());
      table(what + ", MiB of memory").add(row, usage.mib());
    }
  }

  /** Small files are moved, not deleted: this file system is slow with inodes that just were. */
  private void clear(String what) throws IOException {
    Path out = work.resolve("out");
    if (!what.startsWith("small")) {
      Node.delete(out);
    } else if (Files.exists(out)) {
      Files.move(out, Files.createDirectories(work.resolve("old")).resolve("out" + moved++));
    }
  }

  private Table table(String what) {
    return tables.computeIfAbsent(what, w -> new Table(w, RESTIC));
  }

  private void restic(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(restic, "-q", "-r", theirs().toString()));
    command.addAll(List.of("--no-cache", "--password-file", work.resolve("password").toString()));
    command.addAll(List.of(arguments));
    Node.run(command.toArray(String[]::new));
  }

  private Path large(String name, int mib) throws IOException {
    Path directory = Files.createDirectories(work.resolve(name));
    byte[] piece = new byte[1 << 20];
    for (int i = 0; i < FILES; i++) {
      try (OutputStream out = Files.newOutputStream(directory.resolve("file" + i))) {
        for (int n = 0; n < mib / FILES; n++) {
          random.nextBytes(piece);
          out.write(piece);
        }
      }
    }
    return directory;
  }

  private Path csv() throws IOException {
    Path directory = Files.createDirectories(work.resolve("csv"));
    for (int i = 0; i < FILES; i++) {
      try (OutputStream out = Files.newOutputStream(directory.resolve("atena" + i + ".csv"))) {
        for (long size = 0, row = 0; size < ((long) csvMib << 20) / FILES; row++) {
          byte[] line = row(i, row).getBytes(StandardCharsets.UTF_8);
          out.write(line);
          size += line.length;
        }
      }
    }
    return directory;
  }

  private String row(int file, long row) {
    return "\"%015d\",\"倉敷　%d郎\",\"クラシキ\",\"19%02d-%02d-%02d\",\"332020\",\"本町%d丁目\"\r\n"
        .formatted(
            file * 100_000_000L + row,
            random.nextInt(1000),
            random.nextInt(100),
            1 + random.nextInt(12),
            1 + random.nextInt(28),
            random.nextInt(40));
  }

  private Path small() throws IOException {
    Path directory = Files.createDirectories(work.resolve("small"));
    for (int i = 0; i < files; i++) {
      Path below = directory.resolve("d" + i / 1000);
      Files.createDirectories(below);
      write(below.resolve("f" + i));
    }
    return directory;
  }

  private void write(Path file) throws IOException {
    byte[] content = new byte[1 + random.nextInt(2 * SMALL)];
    random.nextBytes(content);
    Files.write(file, content);
  }

  /** Of large files one stretch each, of small ones every hundredth. */
  private void change(Path source, int round) throws IOException {
    if (source.endsWith("small")) {
      for (int i = round % 100; i < files; i += 100) {
        write(source.resolve("d" + i / 1000 + "/f" + i));
      }
      return;
    }
    try (var all = Files.list(source)) {
      for (Path file : all.sorted().toList()) {
        try (RandomAccessFile at = new RandomAccessFile(file.toFile(), "rw")) {
          byte[] piece = new byte[(int) (at.length() / 100)];
          random.nextBytes(piece);
          at.seek(Math.floorMod(random.nextLong(), at.length() - piece.length));
          at.write(piece);
        }
      }
    }
  }
}
