package org.kiban.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * Many small files, end to end: validated, ledgered, with manifest and synced, to two consumers;
 * beside it a bare Camel route in the same container, which copies and syncs nothing.
 */
final class FilesBenchmark {

  private static final String INTERFACE = "031-files";
  private static final Duration LOOK = Duration.ofMillis(200);

  private final int files;
  private final int bytes;
  private final int rounds;
  private final int warm;
  private final Table table = new Table("files/s");
  private Node node;

  FilesBenchmark(Settings settings) {
    files = settings.number("files", 20_000);
    bytes = settings.number("bytes", 10_240);
    rounds = settings.number("rounds", 3);
    warm = settings.number("warm", 2_000);
  }

  void run() throws IOException {
    try (Node started = Node.unpack().municipality().start()) {
      node = started;
      for (String system : List.of("010", "023", "031")) {
        node.exec("partner:add --environment production " + Node.CODE + " " + system);
      }
      node.declare(INTERFACE, Sample.declaration(INTERFACE, "010", "023"));
      node.exec("feature:install kiban-platform-camel");
      List<Path> one = peer("one", 1, true);
      List<Path> unsynced = peer("unsynced", 1, false);
      List<Path> two = peer("two", 2, true);
      // Round 0 is not counted: nobody is measured with code that was not compiled yet.
      for (int round = 0; round <= rounds; round++) {
        measure("Camel file: to file:", peerIn("one"), one, round);
        measure("Camel, forceWrites=false", peerIn("unsynced"), unsynced, round);
        measure("Camel file: to two file:", peerIn("two"), two, round);
        List<Path> out = List.of(node.out("010", INTERFACE), node.out("023", INTERFACE));
        measure("Kiban, two consumers", node.in(INTERFACE), out, round);
      }
      System.out.println(node.exec("exchange:verify " + Node.CODE));
    }
    Node.delete(used());
    Table.machine();
    table.print();
  }

  /** Where delivered files are moved to: to delete them would weigh on who is measured next. */
  private static Path used() throws IOException {
    return Node.work().resolve("used");
  }

  private Path peerIn(String name) throws IOException {
    return Node.work().resolve("peer").resolve(name).resolve("in");
  }

  private List<Path> peer(String name, int targets, boolean synced) throws IOException {
    Path folder = Node.work().resolve("peer").resolve(name);
    Node.delete(folder);
    Files.createDirectories(folder.resolve("in"));
    List<Path> out =
        java.util.stream.IntStream.range(0, targets)
            .mapToObj(i -> folder.resolve("out" + i))
            .toList();
    Manifest manifest = new Manifest();
    Map.of(
            "Manifest-Version",
            "1.0",
            "Bundle-ManifestVersion",
            "2",
            "Bundle-SymbolicName",
            "org.kiban.benchmarks." + name,
            "Bundle-Activator",
            PeerRoute.class.getName(),
            "DynamicImport-Package",
            "*",
            "Peer-From",
            folder.resolve("in").toString(),
            "Peer-Sync",
            Boolean.toString(synced),
            "Peer-To",
            String.join(" ", out.stream().map(Path::toString).toList()))
        .forEach((k, v) -> manifest.getMainAttributes().put(new Attributes.Name(k), v));
    Path jar = folder.resolve("peer.jar");
    try (OutputStream bytesOut = Files.newOutputStream(jar);
        JarOutputStream archive = new JarOutputStream(bytesOut, manifest)) {
      for (String c : List.of("PeerRoute", "PeerRoute$1")) {
        String path = "org/kiban/benchmarks/" + c + ".class";
        archive.putNextEntry(new ZipEntry(path));
        archive.write(PeerRoute.class.getClassLoader().getResourceAsStream(path).readAllBytes());
      }
    }
    node.exec("bundle:install -s " + jar.toUri());
    return out;
  }

  /** Moves files in, and takes the time until every target has them all. */
  private void measure(String what, Path in, List<Path> out, int round) throws IOException {
    Path prepared = Files.createDirectories(Node.work().resolve("prepared"));
    int files = round == 0 ? warm : this.files;
    for (int i = 0; i < files; i++) {
      Files.write(prepared.resolve(name(round, i)), Sample.file(bytes, round * 1_000_000 + i));
    }
    // What preparing left in memory is written out before, not during the measurement.
    Node.run("sync");
    long start = System.nanoTime();
    for (int i = 0; i < files; i++) {
      Files.move(prepared.resolve(name(round, i)), in.resolve(name(round, i)));
    }
    for (Path target : out) {
      Waiting.until(LOOK, () -> count(target) >= files);
    }
    if (round > 0) {
      table.add(what, files / ((System.nanoTime() - start) / 1e9));
    }
    Waiting.until(LOOK, () -> count(in) == 0);
    for (Path target : out) {
      Path aside = Files.createDirectories(used().resolve(target.toString().replace('/', '_')));
      for (String name : names(target)) {
        Files.move(target.resolve(name), aside.resolve(name));
      }
    }
  }

  private static String name(int round, int i) {
    return "ATENA_%03d%06d.csv".formatted(round, i);
  }

  static long count(Path directory) {
    return Arrays.stream(names(directory)).filter(n -> n.endsWith(".csv")).count();
  }

  static String[] names(Path directory) {
    String[] names = directory.toFile().list((d, name) -> !name.startsWith("."));
    return names == null ? new String[0] : names;
  }
}
