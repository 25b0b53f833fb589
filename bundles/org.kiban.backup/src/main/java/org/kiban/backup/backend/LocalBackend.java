package org.kiban.backup.backend;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.repository.Id;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;

/** A directory of a file system that is mounted here. */
public final class LocalBackend implements Backend {

  private static final int SLICE = 256 * 1024;
  private static final Pattern LEFTOVER =
      Pattern.compile("\\.([0-9a-f]{64}|config)\\.[0-9a-f-]{36}\\.tmp");

  private final Path root;
  private final DurableFiles files;

  /** Below a directory that need not exist yet. */
  public LocalBackend(Path root, DurableFiles files) {
    this.root = root;
    this.files = files;
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public void create() throws IOException {
    for (Kind kind : Kind.values()) {
      directory(root.resolve(kind.directory()));
    }
    for (int i = 0; i < 256; i++) {
      directory(root.resolve("data/%02x".formatted(i)));
    }
    files.syncDirectory(root.resolve("data"));
    files.syncDirectory(root);
  }

  private static void directory(Path directory) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @Override
  public void save(Kind kind, String name, byte[] content, int length) throws IOException {
    Path file = root.resolve(kind.path(name));
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    try {
      files.write(file, content, length);
    } catch (IOException e) {
      if (isFull(e)) {
        throw new KibanException(e, Outcome.FAILED, BackupMessage.NO_ROOM, location());
      }
      throw e;
    }
  }

  /** Java has no other sign of it than the system's own words. */
  private static boolean isFull(IOException e) {
    String reason = String.valueOf(e.getMessage());
    return reason.contains("No space left on device") || reason.contains("Disk quota exceeded");
  }

  @Override
  public byte[] load(Kind kind, String name) throws IOException {
    return Files.readAllBytes(root.resolve(kind.path(name)));
  }

  @Override
  public void load(Kind kind, String name, long offset, byte[] into, int length)
      throws IOException {
    Path file = root.resolve(kind.path(name));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
      while (buffer.hasRemaining()) {
        buffer.limit(Math.min(length, buffer.position() + SLICE));
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new EOFException(file + " ends before " + (offset + length));
        }
        buffer.limit(length);
      }
    }
  }

  @Override
  public long size(Kind kind, String name) throws IOException {
    return Files.size(root.resolve(kind.path(name)));
  }

  @Override
  public List<Entry> list(Kind kind) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (kind == Kind.CONFIG) {
      Path config = root.resolve("config");
      if (Files.exists(config)) {
        entries.add(new Entry("config", Files.size(config)));
      }
    } else if (kind == Kind.PACK) {
      for (Path directory : packDirectories()) {
        list(directory, entries);
      }
    } else {
      list(root.resolve(kind.directory()), entries);
    }
    return entries;
  }

  private List<Path> packDirectories() throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> directories =
        Files.newDirectoryStream(root.resolve("data"), "[0-9a-f][0-9a-f]")) {
      directories.forEach(all::add);
    }
    return all;
  }

  private static void list(Path directory, List<Entry> entries) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (Id.isName(name)) {
          size(file, entries, name);
        }
      }
    }
  }

  /** A file may go while its directory is listed: somebody's lock. */
  private static void size(Path file, List<Entry> entries, String name) throws IOException {
    try {
      entries.add(new Entry(name, Files.size(file)));
    } catch (NoSuchFileException ignored) {
      return;
    }
  }

  @Override
  public void delete(Kind kind, String name) throws IOException {
    Path file = root.resolve(kind.path(name));
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    files.delete(file);
  }

  @Override
  public int discardLeftovers() throws IOException {
    List<Path> directories = packDirectories();
    for (Kind kind : Kind.values()) {
      directories.add(root.resolve(kind.directory()));
    }
    int discarded = 0;
    for (Path directory : directories) {
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(directory, Files::isRegularFile)) {
        for (Path file : entries) {
          if (LEFTOVER.matcher(file.getFileName().toString()).matches()) {
            files.delete(file);
            discarded++;
          }
        }
      }
    }
    return discarded;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
