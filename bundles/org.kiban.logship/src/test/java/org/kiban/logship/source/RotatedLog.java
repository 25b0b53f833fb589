package org.kiban.logship.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.logship.parse.Profile;
import org.kiban.logship.ship.SourceId;
import org.kiban.storage.DurableFilesComponent;

/** A log that rotates, and a source that is read as a sender does. */
abstract class RotatedLog {

  @TempDir Path folder;

  Path log;
  Instant now = Instant.now().plusSeconds(3600);
  FileSource source;

  /** What a receiver has, by identity, in the order of first sight; it outlives the source. */
  final Map<SourceId, StringBuilder> received = new LinkedHashMap<>();

  final Map<SourceId, Stream.Reader> readers = new HashMap<>();

  @BeforeEach
  void givenALog() throws IOException {
    log = Files.createDirectory(folder.resolve("logs")).resolve("app.log");
    restart();
  }

  void restart() throws IOException {
    restart(false);
  }

  void restart(boolean fromEnd) throws IOException {
    readers.values().forEach(Stream.Reader::close);
    readers.clear();
    if (source != null) {
      source.close();
    }
    source =
        new FileSource(
            "app",
            "node/332020",
            log.toString(),
            this::isAllowed,
            Profile.PLAIN,
            fromEnd,
            Duration.ofSeconds(5),
            folder.resolve("catalog.json"),
            new DurableFilesComponent(),
            this::instant);
  }

  /** The source's clock; asked while it finds out what a file is. */
  Instant instant() {
    return now;
  }

  void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    // Old enough to rest: the source's clock is an hour ahead.
  }

  /** Which files may be read; asked for each while files are listed. */
  boolean isAllowed(Path path) {
    return !path.getFileName().toString().contains("secret");
  }

  /** Reads whatever there is, as a sender does. */
  void read() throws IOException {
    for (int round = 0; round < 2; round++) {
      for (Stream stream : source.look()) {
        SourceId id = stream.origin().id();
        StringBuilder text = received.computeIfAbsent(id, i -> new StringBuilder());
        try {
          if (!readers.containsKey(id)) {
            readers.put(id, stream.open());
          }
          byte[] bytes = new byte[10_000];
          int n = readers.get(id).read(text.length(), bytes, bytes.length);
          text.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
          Stream.Reader broken = readers.remove(id);
          if (broken != null) {
            broken.close();
          }
        }
      }
    }
  }

  static String lines(String tag, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append("line ").append(tag).append(' ').append(i).append(" of the log\n");
    }
    return text.toString();
  }

  void gzip(Path file) throws IOException {
    Path packed = file.resolveSibling(file.getFileName() + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(Files.readAllBytes(file));
    }
    Files.delete(file);
  }

  void copyTruncate(Path copy) throws IOException {
    Files.copy(log, copy, StandardCopyOption.REPLACE_EXISTING);
    Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
  }

  Path rotated(String suffix) {
    return log.resolveSibling("app.log" + suffix);
  }

  void thenEachWasReadOnce(String... contents) {
    assertThat(received.values().stream().map(StringBuilder::toString))
        .containsExactlyInAnyOrder(contents);
  }
}
