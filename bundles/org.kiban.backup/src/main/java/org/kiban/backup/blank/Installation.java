package org.kiban.backup.blank;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.kiban.core.storage.DurableFiles;

/**
 * The program and its configuration on this machine. Files of {@code etc/} that belong to the
 * program's version stay as this version has them.
 */
final class Installation {

  /** Shipped empty, and the node's own from its first start on. */
  private static final Set<String> OF_NODE = Set.of("users.properties", "keys.properties");

  private final Path etc;
  private final boolean scratch;
  private final Set<String> ofProgram;
  private final DurableFiles files;

  /**
   * @param home {@code KIBAN_HOME}
   * @param etc the configuration
   * @param scratch whether what lies elsewhere is to be left alone
   */
  Installation(Path home, Path etc, boolean scratch, DurableFiles files) throws IOException {
    this.etc = etc;
    this.scratch = scratch;
    this.files = files;
    this.ofProgram =
        new HashSet<>(
            Files.readAllLines(home.resolve("lib/kiban/program-files"), StandardCharsets.UTF_8));
    ofProgram.removeAll(OF_NODE);
  }

  /** Takes a file of the node's configuration, durable on return. */
  void take(Path file, Path inEtc) throws IOException {
    if (!ofProgram.contains(inEtc.toString())) {
      place(file, etc.resolve(inEtc));
    }
  }

  /** Takes a file that lies in neither data nor configuration. */
  void takeElsewhere(Path file, Path target) throws IOException {
    if (!scratch) {
      place(file, target);
    }
  }

  /** Puts a file at its place, with its mode; durable on return. */
  private void place(Path file, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    try (InputStream in = Files.newInputStream(file)) {
      files.write(target, in::transferTo);
    }
    Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
  }

  /** Makes everything on all disks survive a power cut. */
  void sync() throws IOException {
    try {
      Process process = new ProcessBuilder("sync").inheritIO().start();
      if (process.waitFor() != 0) {
        throw new IOException("sync: exit status " + process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
