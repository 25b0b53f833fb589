package org.kiban.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * What a long backup costs the linkage: files through the linkage of a municipality, in turns alone
 * and beside the first run of another municipality's backup, which lasts longer.
 */
final class BesideBenchmark {

  private static final String INTERFACE = "031-beside";
  private static final String SAVED = "372013";
  private static final Duration LOOK = Duration.ofMillis(200);

  private final int files;
  private final int bytes;
  private final int rounds;
  private final int mib;
  private final int niceness;
  private final Table table = new Table("files/s");
  private final Table speed = new Table("MiB/s");
  private Path work;
  private Node node;
  private int measured;

  BesideBenchmark(Settings settings) {
    files = settings.number("files", 3_000);
    bytes = settings.number("bytes", 10_240);
    rounds = settings.number("rounds", 5);
    mib = settings.number("mib", 4_096);
    niceness = settings.number("niceness", 15);
  }

  void run() throws IOException {
    work = Node.work().resolve("beside");
    Node.delete(work);
    incompressible(Files.createDirectories(work.resolve("source")));
    try (Node started = Node.unpack().municipality()) {
      node = started;
      started.municipality(SAVED, List.of("backup"));
      Files.writeString(
          node.home.resolve("etc/org.kiban.backup~" + SAVED + ".cfg.json"),
          "{\"location\": \"%s\", \"sources\": [\"%s\"], \"niceness\": %d}"
              .formatted(work.resolve("repository"), work.resolve("source"), niceness));
      node.start();
      for (String system : List.of("010", "031")) {
        node.exec("partner:add --environment production " + Node.CODE + " " + system);
      }
      node.declare(INTERFACE, Sample.declaration(INTERFACE, "010"));
      // Round 0 is not counted: nobody is measured with code that was not compiled yet.
      for (int round = 0; round <= rounds; round++) {
        alone(round);
        beside(round);
        alone(round);
      }
      System.out.println(node.exec("exchange:verify " + Node.CODE));
    }
    Node.delete(work);
    Table.machine();
    table.print();
    speed.print();
  }

  private void alone(int round) throws IOException {
    double rate = files();
    if (round > 0) {
      table.add("alone", rate);
    }
  }

  private void beside(int round) throws IOException {
    Node.delete(work.resolve("repository"));
    node.exec("backup:create " + SAVED);
    Node.run("sync");
    Process backup = node.begin("backup:run " + SAVED);
    // The first packs are there: it reads, encrypts and writes now.
    Waiting.until(LOOK, () -> stored() > 1);
    long begun = System.nanoTime();
    double before = stored();
    double rate = files();
    double saved = (stored() - before) / ((System.nanoTime() - begun) / 1e9);
    if (!backup.isAlive()) {
      throw new IOException("the backup ended first: it needs a larger mib=");
    }
    if (backup.onExit().join().exitValue() != 0) {
      throw new IOException("the backup failed");
    }
    if (round > 0) {
      table.add("beside a backup", rate);
      speed.add("the backup meanwhile", saved);
    }
  }

  /** MiB in the repository. */
  private double stored() throws IOException {
    return Node.mib(work.resolve("repository"));
  }

  /** Moves files in, and takes the time until the target has them all. */
  private double files() throws IOException {
    Path in = node.in(INTERFACE);
    Path out = node.out("010", INTERFACE);
    Path prepared = Files.createDirectories(work.resolve("prepared"));
    for (int i = 0; i < files; i++) {
      Files.write(prepared.resolve(name(i)), Sample.file(bytes, measured * 1_000_000 + i));
    }
    long start = System.nanoTime();
    for (int i = 0; i < files; i++) {
      Files.move(prepared.resolve(name(i)), in.resolve(name(i)));
    }
    Waiting.until(LOOK, () -> FilesBenchmark.count(out) >= files);
    double rate = files / ((System.nanoTime() - start) / 1e9);
    Waiting.until(LOOK, () -> FilesBenchmark.count(in) == 0);
    // Moved, not deleted: that would weigh on what is measured next.
    Path aside = Files.createDirectories(work.resolve("used" + measured++));
    for (String name : FilesBenchmark.names(out)) {
      Files.move(out.resolve(name), aside.resolve(name));
    }
    return rate;
  }

  private String name(int i) {
    return "ATENA_%03d%06d.csv".formatted(measured, i);
  }

  private void incompressible(Path directory) throws IOException {
    Random random = new Random(1);
    byte[] piece = new byte[1 << 20];
    for (int i = 0; i < mib; i++) {
      random.nextBytes(piece);
      try (OutputStream out =
          Files.newOutputStream(
              directory.resolve("file" + i / 256),
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND)) {
        out.write(piece);
      }
    }
  }
}
