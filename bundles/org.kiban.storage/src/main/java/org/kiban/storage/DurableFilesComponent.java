package org.kiban.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.WrittenFiles;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Writes files by temporary file, sync and rename. An interrupt of the caller's thread does not
 * disturb a write; it stays set for the caller.
 *
 * <p>A process that dies inside a write leaves its temporary file, {@code .<name>.<uuid>.tmp}; who
 * owns the directory may remove such files when it starts.
 */
@Component
public final class DurableFilesComponent implements DurableFiles {

  private static final int BUFFER = 64 << 10;
  private static final int LARGE = 1 << 20;

  private final DirectWriter direct = new DirectWriter();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile WrittenFiles written;

  private interface Task {
    void run() throws IOException;
  }

  private interface Filling {
    void fill(Path temporary) throws IOException;
  }

  @Override
  public void write(Path target, Content content) throws IOException {
    replace(target, temporary -> fill(temporary, content));
  }

  @Override
  public void write(Path target, byte[] content, int length) throws IOException {
    if (length < LARGE) {
      write(target, out -> pour(content, length, out));
    } else {
      replace(target, temporary -> fill(temporary, content, length));
    }
  }

  private void replace(Path target, Filling filling) throws IOException {
    Path temporary =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.createFile(
          temporary,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      filling.fill(temporary);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException | Error e) {
      discard(temporary, e);
      throw e;
    }
    syncDirectory(parent(target));
    tell(target);
  }

  private void tell(Path file) {
    WrittenFiles reader = written;
    if (reader != null) {
      reader.written(file);
    }
  }

  /** Uses a stream, not a channel: an interrupt would close a channel in the middle. */
  private static void fill(Path temporary, Content content) throws IOException {
    try (java.io.FileOutputStream file = new java.io.FileOutputStream(temporary.toFile());
        OutputStream out = new BufferedOutputStream(file, BUFFER)) {
      content.writeTo(out);
      out.flush();
      file.getFD().sync();
    }
  }

  /** A file system that refuses the quick way takes the usual one, or says there what is wrong. */
  private void fill(Path temporary, byte[] content, int length) throws IOException {
    try {
      uninterrupted(() -> direct.write(temporary, content, length));
    } catch (IOException | UnsupportedOperationException e) {
      fill(temporary, out -> pour(content, length, out));
    }
  }

  /** Piece by piece, since a stream to a file copies what it is given at once. */
  private static void pour(byte[] content, int length, OutputStream out) throws IOException {
    for (int done = 0; done < length; done += LARGE) {
      out.write(content, done, Math.min(LARGE, length - done));
    }
  }

  private static void discard(Path temporary, Throwable cause) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void move(Path source, Path target) throws IOException {
    if (!Files.exists(source, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(source.toString());
    }
    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(parent(target));
    if (!parent(source).equals(parent(target))) {
      syncDirectory(parent(source));
    }
    tell(source);
    tell(target);
  }

  @Override
  public void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncDirectory(parent(file));
      tell(file);
    }
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    uninterrupted(
        () -> {
          try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
          }
        });
  }

  /** An interrupt closes a channel in the middle: it is put off, and the task begins again. */
  private static void uninterrupted(Task task) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try {
          task.run();
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Path parent(Path file) {
    return file.toAbsolutePath().getParent();
  }
}
