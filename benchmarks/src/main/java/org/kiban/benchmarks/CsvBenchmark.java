package org.kiban.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One large file from the rename that brings it to the consumer's seeing it: windows-31j to UTF-8,
 * validated. Beside it what the machine needs to copy and sync the same bytes once.
 */
final class CsvBenchmark {

  private static final String INTERFACE = "031-csv";
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Pattern USED = Pattern.compile("(\\d+)M->\\d+M\\(");

  private final long bytes;
  private final int rounds;
  private final Table table = new Table("MB/s");

  CsvBenchmark(Settings settings) {
    bytes = settings.number("mb", 1000) * 1_000_000L;
    rounds = settings.number("rounds", 3);
  }

  void run() throws IOException {
    Node node = Node.unpack().municipality();
    Path gc = node.home.resolve("var/log/gc.log");
    Files.createDirectories(gc.getParent());
    Path environment = node.home.resolve("etc/kiban.env");
    String options = "\nKIBAN_JAVA_OPTS=-Xlog:gc:file=" + gc + "\n";
    Files.writeString(environment, Files.readString(environment) + options);
    try (node) {
      node.start();
      for (String system : List.of("010", "031")) {
        node.exec("partner:add --environment production " + Node.CODE + " " + system);
      }
      node.declare(INTERFACE, Sample.declaration(INTERFACE, "010"));
      for (int round = 1; round <= rounds; round++) {
        measure(node, round);
      }
      System.out.println(node.exec("exchange:verify " + Node.CODE));
    }
    Table.machine();
    table.print();
    System.out.printf("%npeak heap %d MiB of -Xmx256m%n", peak(gc));
  }

  private void measure(Node node, int round) throws IOException {
    Path prepared = Node.work().resolve("large.csv");
    long written;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(prepared), 1 << 16)) {
      written = Sample.write(out, bytes, round);
    }
    Node.run("sync");
    Path copy = Node.work().resolve("copy.csv");
    long start = System.nanoTime();
    Node.run("dd", "if=" + prepared, "of=" + copy, "bs=1M", "conv=fsync");
    table.add("dd conv=fsync", written / 1e6 / seconds(start));
    Files.delete(copy);
    String name = "ATENA_" + round + ".csv";
    Path target = node.out("010", INTERFACE).resolve(name);
    start = System.nanoTime();
    Files.move(prepared, node.in(INTERFACE).resolve(name));
    Waiting.until(LOOK, () -> Files.exists(target));
    table.add("Kiban", written / 1e6 / seconds(start));
    Files.delete(target);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The most that was in use when a collection began, in MiB. */
  private static long peak(Path log) throws IOException {
    return USED.matcher(Files.readString(log))
        .results()
        .mapToLong(r -> Long.parseLong(r.group(1)))
        .max()
        .orElse(0);
  }
}
