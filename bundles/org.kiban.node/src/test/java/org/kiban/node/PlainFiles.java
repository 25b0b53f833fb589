package org.kiban.node;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.kiban.core.storage.DurableFiles;

/** Writes without syncing; can be told that the disk is full. */
public final class PlainFiles implements DurableFiles {

  /** Whether every write fails. */
  public boolean full;

  @Override
  public void write(Path target, Content content) throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
    try (OutputStream out = Files.newOutputStream(target)) {
      content.writeTo(out);
    }
  }

  @Override
  public void move(Path source, Path target) throws IOException {
    Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void syncDirectory(Path directory) {
    assert Files.isDirectory(directory);
  }
}
