package org.kiban.itests;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Versions that follow the built one: the same distribution under another version, with other files
 * in etc/, and broken in the ways in which a version can be.
 */
final class NextDistribution {

  /** What is wrong with a version. */
  enum Fault {
    /** Nothing. */
    NONE,
    /** A bundle of ours imports what nobody exports. */
    UNRESOLVED,
    /** Its program ends as soon as it is started. */
    DIES,
    /** Its program does nothing. */
    HANGS,
    /** The routes of municipalities do not come. */
    NO_ROUTES
  }

  static final String ADDED = "org.kiban.new.cfg.json";
  static final String DEFAULT = "org.kiban.time.node.cfg.json";
  static final String REPLACED = "startup.properties";

  private final Path folder;

  /**
   * @param folder where they are made; emptied
   */
  NextDistribution(Path folder) throws IOException {
    Distribution.delete(folder);
    this.folder = Files.createDirectories(folder);
  }

  /** Makes one. */
  Path make(String version, Fault fault) throws IOException {
    Path home = folder.resolve("kiban-" + version);
    // Hard links: whatever is changed is removed before.
    Shell.run(List.of("cp", "-al", Distribution.shared().home().toString(), home.toString()))
        .expect(0);
    replace(home.resolve("lib/kiban/version"), "kiban " + version + "\n");
    append(home.resolve("etc").resolve(ADDED), "{\"new\": 1}\n");
    append(home.resolve("etc").resolve(DEFAULT), "\n");
    append(home.resolve("etc").resolve(REPLACED), "# of the next version\n");
    breakIt(home, fault);
    describe(home);
    Path archive = folder.resolve("kiban-" + version + ".tar.gz");
    Shell.run(
            List.of(
                "tar",
                "--format=pax",
                "--sort=name",
                "-I",
                "gzip -1",
                "-cf",
                archive.toString(),
                "-C",
                folder.toString(),
                "kiban-" + version))
        .expect(0);
    Distribution.delete(home);
    return archive;
  }

  private static void breakIt(Path home, Fault fault) throws IOException {
    switch (fault) {
      case DIES -> replace(home.resolve("bin/kiban"), "#!/bin/sh\nexit 3\n");
      case HANGS -> replace(home.resolve("bin/kiban"), "#!/bin/sh\nexec sleep 1000\n");
      case UNRESOLVED ->
          edit(
              jar(home, "org.kiban.exchange"),
              "META-INF/MANIFEST.MF",
              text -> text.replace("Import-Package: ", "Import-Package: does.not.exist,"));
      case NO_ROUTES ->
          edit(
              jar(home, "org.kiban.route"),
              "META-INF/MANIFEST.MF",
              text -> text.replace("Service-Component: ", "X-Service-Component: "));
      default -> {}
    }
  }

  private static Path jar(Path home, String bundle) {
    String version = System.getProperty("kiban.version");
    return home.resolve(
        "system/org/kiban/%s/%s/%s-%s.jar".formatted(bundle, version, bundle, version));
  }

  private static void edit(Path jar, String entry, java.util.function.UnaryOperator<String> edit)
      throws IOException {
    Path copy = Files.copy(jar, jar.resolveSibling("copy.jar"));
    try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + copy.toUri()), Map.of())) {
      String before = Files.readString(zip.getPath(entry));
      String after = edit.apply(before);
      if (after.equals(before)) {
        throw new IOException(entry + " of " + jar + " has nothing to break");
      }
      Files.writeString(zip.getPath(entry), after);
    }
    Files.delete(jar);
    Files.move(copy, jar);
  }

  private static void replace(Path file, String text) throws IOException {
    boolean executable = Files.isExecutable(file);
    Files.deleteIfExists(file);
    Files.writeString(file, text);
    file.toFile().setExecutable(executable);
  }

  private static void append(Path file, String text) throws IOException {
    replace(file, (Files.exists(file) ? Files.readString(file) : "") + text);
  }

  /** Writes the list of files anew, as the build does. */
  private static void describe(Path home) throws IOException {
    Path list = home.resolve("lib/kiban/files");
    Path build = home.resolve("lib/kiban/build");
    Files.delete(list);
    Files.delete(build);
    try (Stream<Path> files = Files.walk(home)) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      StringBuilder lines = new StringBuilder();
      for (Path file : sorted) {
        lines.append(Linkage.sha256(file)).append(' ').append(Files.size(file)).append(' ');
        lines.append(home.relativize(file)).append('\n');
      }
      Files.writeString(list, lines);
      Files.writeString(build, Linkage.sha256(list) + "\n");
    }
  }

  /** The SHA-256 of every file below a directory. */
  static Map<String, String> digests(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  f -> directory.relativize(f).toString(),
                  NextDistribution::sha256,
                  (a, b) -> b,
                  java.util.TreeMap::new));
    }
  }

  private static String sha256(Path file) {
    try {
      return Linkage.sha256(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
