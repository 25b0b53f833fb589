package org.kiban.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kiban.core.storage.DurableFiles;

/** Writes without the care that a power cut needs. */
final class PlainFiles implements DurableFiles {

  @Override
  public void write(Path target, Content content) throws IOException {
    try (OutputStream out = Files.newOutputStream(target)) {
      content.writeTo(out);
    }
  }

  @Override
  public void move(Path source, Path target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(Path file) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void syncDirectory(Path directory) {
    throw new UnsupportedOperationException();
  }
}
