package org.kiban.storage.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.kiban.core.storage.Journal;
import org.kiban.storage.DurableFilesComponent;

/** What the tests of journals share: small segments, a fixed key, copies of directories. */
final class JournalFiles {

  static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");
  static final Limits SMALL = new Limits(2000, 1024, 1 << 20);

  private JournalFiles() {}

  static JournalsComponent journals() {
    return new JournalsComponent(new DurableFilesComponent(), SMALL);
  }

  static Journal open(Path directory) throws IOException {
    return journals().open(directory, KEY);
  }

  static Journal open(Path directory, Limits limits) throws IOException {
    return new JournalsComponent(new DurableFilesComponent(), limits).open(directory, KEY);
  }

  static List<byte[]> payloads(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  static List<String> texts(Journal journal) throws IOException {
    List<String> texts = new ArrayList<>();
    journal.read(1, entry -> texts.add(new String(entry.payload(), StandardCharsets.UTF_8)));
    return texts;
  }

  static List<Path> segments(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
  }

  /** Copies what a journal directory holds now, as a crash would leave it. */
  static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> old = Files.list(to)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    // The anchor first: it must not tell of entries that come after the copy of their segment. A
    // working file may be renamed at any moment, and recovery does not look at it.
    if (Files.exists(from.resolve("head"))) {
      Files.copy(from.resolve("head"), to.resolve("head"));
    }
    try (Stream<Path> files = Files.list(from)) {
      for (Path file :
          files.filter(f -> !f.getFileName().toString().matches("head|\\..*")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }
}
