package org.kiban.assembly;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Finishes what Karaf's assembly goal leaves: puts generated files into one order and free of
 * random names, so that two builds give the same bytes, and adds the version, the list of the
 * program's own configuration files, and the bill of materials.
 */
public final class Finish {

  private static final Pattern FEATURES_BOOT =
      Pattern.compile("featuresBoot = \\\\\n(?:.*\\\\\n)*.*\n");

  private static final Pattern UNSHIPPED =
      Pattern.compile(
          "(.*/)?README"
              + "|etc/(equinox-debug\\.properties|jmx\\.acl.*|distribution\\.info|profile\\.cfg"
              + "|all\\.policy|org\\.apache\\.felix\\.fileinstall-deploy\\.cfg)"
              + "|system/.*/maven-metadata[^/]*\\.xml");

  private final Path assembly;

  private Finish(Path assembly) {
    this.assembly = assembly;
  }

  /**
   * Runs it.
   *
   * @param args the assembled directory, the directory of operators' files, version, timestamp, the
   *     directory with the files of ours that go beside the assembled ones
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    Finish finish = new Finish(Path.of(args[0]));
    finish.sortStartup();
    finish.sortBootFeatures();
    finish.dropPatches();
    finish.dropUnshipped();
    finish.plainTestJars();
    Path own = Files.createDirectories(finish.assembly.resolve("lib/kiban"));
    Files.writeString(own.resolve("version"), "kiban " + args[2] + "\n");
    finish.listProgramFiles(Path.of(args[1]), own.resolve("program-files"));
    // The format of the data below KIBAN_DATA: raised by a version that older ones cannot go on
    // from.
    Files.writeString(own.resolve("format"), "1\n");
    new Sbom(finish.assembly, args[2], args[3]).write(finish.assembly.resolve("sbom.cdx.json"));
    new Contents(finish.assembly, Path.of(args[4])).write();
  }

  private void sortStartup() throws IOException {
    Path file = assembly.resolve("etc/startup.properties");
    Files.writeString(
        file,
        Files.readAllLines(file).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .sorted()
            .collect(
                Collectors.joining("\n", "# Bundles of the framework, with start level\n", "\n")));
  }

  private void sortBootFeatures() throws IOException {
    Path file = assembly.resolve("etc/org.apache.karaf.features.cfg");
    String text = Files.readString(file);
    Matcher boot = FEATURES_BOOT.matcher(text);
    if (!boot.find()) {
      throw new IOException("no featuresBoot in " + file);
    }
    String sorted =
        Stream.of(boot.group().split("\n"))
            .skip(1)
            .map(line -> line.replaceAll("[,\\\\]", "").strip())
            .filter(name -> !name.isEmpty())
            .sorted()
            .collect(Collectors.joining(", \\\n    ", "featuresBoot = \\\n    ", "\n"));
    Files.writeString(file, boot.replaceFirst(Matcher.quoteReplacement(sorted)));
  }

  /**
   * Karaf's patches of the JDK's own modules, which bin/kiban does not use, and what feeds them.
   */
  private void dropPatches() throws IOException {
    Path patches = assembly.resolve("lib/endorsed");
    List<Path> dropped;
    try (Stream<Path> files = Files.walk(assembly.resolve("lib"))) {
      dropped =
          files
              .filter(
                  f ->
                      f.startsWith(patches)
                          || f.getFileName().toString().contains(".specs.activator-"))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    for (Path file : dropped) {
      Files.delete(file);
    }
  }

  /** What is of no use in a distribution. */
  private void dropUnshipped() throws IOException {
    List<Path> dropped;
    try (Stream<Path> files = Files.walk(assembly)) {
      dropped =
          files
              .filter(f -> UNSHIPPED.matcher(assembly.relativize(f).toString()).matches())
              .toList();
    }
    for (Path file : dropped) {
      Files.delete(file);
    }
  }

  /** Rewrites jars of Maven's own jar plugin, which hold the modes that the umask gave. */
  private void plainTestJars() throws IOException {
    try (Stream<Path> files = Files.walk(assembly.resolve("vendor"))) {
      for (Path jar : files.filter(f -> f.toString().endsWith("-tests.jar")).toList()) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (ZipFile from = new ZipFile(jar.toFile());
            ZipOutputStream to = new ZipOutputStream(plain)) {
          for (ZipEntry entry : from.stream().toList()) {
            ZipEntry copy = new ZipEntry(entry.getName());
            copy.setTimeLocal(entry.getTimeLocal());
            to.putNextEntry(copy);
            from.getInputStream(entry).transferTo(to);
          }
        }
        Files.write(jar, plain.toByteArray());
      }
    }
  }

  /** Files in etc/ that belong to the program's version, not to the operator. */
  private void listProgramFiles(Path operators, Path list) throws IOException {
    Path etc = assembly.resolve("etc");
    try (Stream<Path> files = Files.walk(etc)) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> etc.relativize(file).toString())
              .filter(name -> !Files.exists(operators.resolve(name)))
              .sorted()
              .toList();
      Files.write(list, names);
    }
  }
}
