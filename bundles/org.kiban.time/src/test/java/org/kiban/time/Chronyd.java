package org.kiban.time;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real chronyd on loopback that leaves the clock alone. */
final class Chronyd implements AutoCloseable {

  private static final List<Path> PLACES =
      List.of(Path.of("/usr/sbin/chronyd"), Path.of("/usr/bin/chronyd"));
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private final Path directory;
  private final Process process;

  private Chronyd(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  static Optional<Path> program() {
    return PLACES.stream().filter(Files::isExecutable).findFirst();
  }

  /** Starts one with these lines of configuration, and a command socket. */
  static Chronyd start(String... lines) throws IOException {
    Path directory = Files.createTempDirectory("kiban-chronyd");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
    give(directory);
    Path configuration = directory.resolve("chrony.conf");
    List<String> text = new ArrayList<>(List.of(lines));
    text.add("user " + (ROOT ? "nobody" : System.getProperty("user.name")));
    text.add("cmdport 0");
    text.add("bindcmdaddress " + directory.resolve("socket"));
    text.add("pidfile " + directory.resolve("pid"));
    Files.write(configuration, text);
    List<String> command = new ArrayList<>();
    if (ROOT) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.addAll(List.of(program().orElseThrow().toString(), "-4", "-U", "-x", "-d"));
    command.addAll(List.of("-f", configuration.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File("/dev/null"))
            .start();
    return new Chronyd(directory, process);
  }

  /**
   * chronyd wants the directory of its socket to be its own, group included, and reads keys of its
   * own.
   */
  static void give(Path directory) throws IOException {
    if (!ROOT) {
      return;
    }

    UserPrincipalLookupService names = directory.getFileSystem().getUserPrincipalLookupService();
    PosixFileAttributeView view =
        Files.getFileAttributeView(directory, PosixFileAttributeView.class);
    view.setGroup(names.lookupPrincipalByGroupName("nogroup"));
    view.setOwner(names.lookupPrincipalByName("nobody"));
  }

  String socket() {
    return directory.resolve("socket").toString();
  }

  /** Waits a moment, unless it ended. */
  void pause() throws InterruptedException {
    if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("chronyd ended with " + process.exitValue());
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
