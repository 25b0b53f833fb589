package org.kiban.security;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.DurableFiles;

/** A node's places, files and clock for tests, below one directory. */
final class Node implements NodePaths, DurableFiles, TrustedClock {

  private final Path root;
  private Instant now = Instant.parse("2026-11-23T00:00:00Z");

  Node(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(etc());
    Files.createDirectories(data());
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Path security() {
    return nodeDirectory("security");
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public String nodeName() {
    return "kurashiki-1";
  }

  @Override
  public Path home() {
    return root;
  }

  @Override
  public Path etc() {
    return root.resolve("etc");
  }

  @Override
  public Path data() {
    return root.resolve("var");
  }

  @Override
  public Path nodeDirectory(String capability) {
    return made(data().resolve("node").resolve(capability));
  }

  @Override
  public Path municipalityDirectory(MunicipalityCode code, String capability) {
    return made(data().resolve(code.value()).resolve(capability));
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(Path target, Content content) throws IOException {
    Path part =
        Files.createTempFile(
            target.getParent(),
            ".part",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
      content.writeTo(out);
    }
    move(part, target);
  }

  @Override
  public void move(Path source, Path target) throws IOException {
    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void syncDirectory(Path directory) {
    // Tests cut no power.
  }
}
