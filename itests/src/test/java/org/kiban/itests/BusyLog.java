package org.kiban.itests;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** A log as business systems and logrotate leave it, and what every reader of it must have seen. */
final class BusyLog {

  private final Path file;
  private final Random random;
  private final List<String> written = new ArrayList<>();
  private byte[] torn = {};
  private int rotated;

  BusyLog(Path file, Random random) {
    this.file = file;
    this.random = random;
  }

  Path file() {
    return file;
  }

  /** Every file of it that holds something. */
  Set<Path> files() {
    return Stream.of(file.getParent().toFile().listFiles())
        .filter(f -> f.length() > 0)
        .map(File::toPath)
        .collect(Collectors.toSet());
  }

  /** Every line, as it may leave: the 個人番号 hidden. */
  List<String> written() {
    return written;
  }

  /** Lines of mixed Japanese; the last one may be torn anywhere, also within a character. */
  void write(int lines) throws IOException {
    complete();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      String line = "%08d 住民　髙橋花子 %s 異動 %d".formatted(written.size(), "%s", random.nextInt(100));
      written.add(line.formatted("************"));
      text.append(line.formatted("123456789018")).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int cut = bytes.length == 0 ? 0 : bytes.length - random.nextInt(Math.min(60, bytes.length));
    append(file, Arrays.copyOf(bytes, cut));
    torn = Arrays.copyOfRange(bytes, cut, bytes.length);
  }

  /** Writes the rest of a torn line. */
  void complete() throws IOException {
    append(file, torn);
    torn = new byte[0];
  }

  /** Rotates by renaming; a writer that has not noticed ends its line in the renamed file. */
  void rename() throws IOException {
    shift();
    Files.move(file, rotated(1, ""));
    append(rotated(1, ""), torn);
    torn = new byte[0];
  }

  /** Rotates by copying and emptying. */
  void copyAndEmpty() throws IOException {
    complete();
    shift();
    Files.copy(file, rotated(1, ""));
    Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Deletes what was rotated and begins anew, so that the system gives old inodes to new files. */
  void deleteRotated() throws IOException {
    for (int i = 1; i <= rotated; i++) {
      Files.deleteIfExists(rotated(i, ""));
      Files.deleteIfExists(rotated(i, ".gz"));
    }
    rotated = 0;
    Files.move(file, rotated(1, ""));
    rotated = 1;
  }

  boolean isEmpty() throws IOException {
    return !Files.exists(file) || Files.size(file) == 0;
  }

  /** Every older one a number up, the second compressed. */
  private void shift() throws IOException {
    for (int i = rotated; i >= 2; i--) {
      Files.move(rotated(i, ".gz"), rotated(i + 1, ".gz"));
    }
    if (rotated > 0) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(rotated(2, ".gz")))) {
        Files.copy(rotated(1, ""), out);
      }
      Files.delete(rotated(1, ""));
    }
    rotated++;
  }

  private static void append(Path to, byte[] bytes) throws IOException {
    if (bytes.length > 0) {
      Files.write(to, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private Path rotated(int number, String suffix) {
    return file.resolveSibling(file.getFileName() + "." + number + suffix);
  }
}
