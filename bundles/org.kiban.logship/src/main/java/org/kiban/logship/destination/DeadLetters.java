package org.kiban.logship.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.kiban.core.storage.DurableFiles;
import org.kiban.logship.ship.Letter;

/**
 * Events that a destination will never take, kept for an operator. One file for each request, named
 * after its first event, so that a repeat replaces it.
 *
 * @param directory theirs alone
 */
record DeadLetters(Path directory, DurableFiles files) implements BulkRequest.Burial {

  /** An event as operators see it, and as it is sent. */
  record Kept(Letter letter, Bulk.Item item) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SUFFIX = ".ndjson";

  @Override
  public void keep(String first, List<byte[]> lines) throws IOException {
    Files.createDirectories(directory);
    files.write(
        directory.resolve(first.replaceAll("[^0-9a-zA-Z.-]", "-") + SUFFIX),
        out -> {
          for (byte[] line : lines) {
            out.write(line);
          }
        });
  }

  /** What is kept, by the files that it lies in. */
  Map<Path, List<Kept>> all() throws IOException {
    Map<Path, List<Kept>> all = new TreeMap<>();
    if (!Files.isDirectory(directory)) {
      return all;
    }
    try (Stream<Path> list = Files.list(directory)) {
      for (Path file : list.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        all.put(file, read(file));
      }
    }
    return all;
  }

  /**
   * Sends everything once more.
   *
   * @return what was taken now
   */
  List<Letter> retry(BulkRequest.Door door) throws IOException {
    List<Letter> taken = new ArrayList<>();
    for (Map.Entry<Path, List<Kept>> file : all().entrySet()) {
      List<byte[]> refused = new ArrayList<>();
      new BulkRequest(door, (first, letters) -> refused.addAll(letters))
          .send(file.getValue().stream().map(Kept::item).toList());
      Set<String> left = new HashSet<>();
      for (byte[] letter : refused) {
        left.add(kept(new String(letter, StandardCharsets.UTF_8).split("\n")).item().id());
      }
      file.getValue().stream()
          .filter(k -> !left.contains(k.item().id()))
          .forEach(k -> taken.add(k.letter()));
      replace(file.getKey(), refused);
    }
    return taken;
  }

  /** Throws everything away and says what it was. */
  List<Letter> giveUp() throws IOException {
    List<Letter> given = new ArrayList<>();
    for (Map.Entry<Path, List<Kept>> file : all().entrySet()) {
      file.getValue().forEach(k -> given.add(k.letter()));
      files.delete(file.getKey());
    }
    return given;
  }

  private void replace(Path file, List<byte[]> letters) throws IOException {
    if (letters.isEmpty()) {
      files.delete(file);
      return;
    }
    files.write(
        file,
        out -> {
          for (byte[] letter : letters) {
            out.write(letter);
          }
        });
  }

  private static List<Kept> read(Path file) throws IOException {
    List<Kept> all = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i + 2 < lines.size(); i += 3) {
      all.add(kept(lines.subList(i, i + 3).toArray(new String[0])));
    }
    return all;
  }

  private static Kept kept(String... lines) throws IOException {
    JsonNode kiban = JSON.readTree(lines[2]).path("kiban");
    return new Kept(
        new Letter(
            JSON.readTree(lines[0]).path("reason").asText(),
            kiban.path("stream").asText(),
            kiban.path("source").asText(),
            kiban.path("file").asText(),
            kiban.path("offset").asLong(),
            lines[2]),
        new Bulk.Item(
            JSON.readTree(lines[1]).path("create").path("_id").asText(),
            (lines[1] + '\n' + lines[2] + '\n').getBytes(StandardCharsets.UTF_8)));
  }
}
