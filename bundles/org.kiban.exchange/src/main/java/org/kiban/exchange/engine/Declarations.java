package org.kiban.exchange.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.InterfaceView.Problem;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.DeclarationReader;
import org.kiban.exchange.declaration.DeclarationRefused;

/**
 * The declarations of one municipality, {@code etc/exchange/<code>/<interface>.yaml}. A file counts
 * once two scans found the same content. A wrong one is refused with its reasons and the one in
 * force stays; a file that goes takes its interface with it. What was in force is archived by
 * digest. Used by one thread; {@link #archived} and the views by any.
 */
final class Declarations {

  private static final String ENDING = ".yaml";

  private final Path folder;
  private final Path archive;
  private final DurableFiles files;
  private final DeclarationReader reader = new DeclarationReader();
  private final Map<String, String> seen = new HashMap<>();
  private volatile Map<String, Loaded> inForce = Map.of();
  private volatile Map<String, List<Problem>> refused = Map.of();

  /**
   * A declaration in force.
   *
   * @param declaration what it says
   * @param digest SHA-256 of its text
   * @param text its text
   */
  record Loaded(Declaration declaration, String digest, String text) {}

  Declarations(Path folder, Path archive, DurableFiles files) {
    this.folder = folder;
    this.archive = archive;
    this.files = files;
  }

  Map<String, Loaded> inForce() {
    return inForce;
  }

  /** Reasons by the id of each declaration that is refused as it lies there now. */
  Map<String, List<Problem>> refused() {
    return refused;
  }

  /** Looks at the folder. */
  void scan() throws IOException {
    Map<String, Loaded> loaded = new TreeMap<>(inForce);
    Map<String, List<Problem>> wrong = new TreeMap<>(refused);
    Map<String, byte[]> found = read();
    loaded.keySet().retainAll(found.keySet());
    wrong.keySet().retainAll(found.keySet());
    seen.keySet().retainAll(found.keySet());
    for (Map.Entry<String, byte[]> e : found.entrySet()) {
      String id = e.getKey();
      String digest = Hashes.of(e.getValue());
      boolean settled = digest.equals(seen.put(id, digest));
      boolean decided = loaded.containsKey(id) && loaded.get(id).digest().equals(digest);
      if (decided) {
        wrong.remove(id);
      } else if (settled || inForce.isEmpty()) {
        try {
          Declaration d = reader.read(id + ENDING, e.getValue());
          archive(digest, e.getValue());
          String text = new String(e.getValue(), java.nio.charset.StandardCharsets.UTF_8);
          loaded.put(id, new Loaded(d, digest, text));
          wrong.remove(id);
        } catch (DeclarationRefused refusal) {
          wrong.put(
              id,
              refusal.problems().stream()
                  .map(p -> new Problem(p.text(Locale.ENGLISH), p.text(Locale.JAPANESE)))
                  .toList());
        }
      }
    }
    inForce = Map.copyOf(loaded);
    refused = Map.copyOf(wrong);
  }

  private Map<String, byte[]> read() throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path path : paths) {
        String name = path.getFileName().toString();
        try {
          found.put(name.substring(0, name.length() - ENDING.length()), Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
          continue;
        }
      }
    } catch (NoSuchFileException e) {
      return found;
    }
    return found;
  }

  private void archive(String digest, byte[] text) throws IOException {
    Path target = archive.resolve(digest + ENDING);
    if (!Files.exists(target)) {
      files.write(target, out -> out.write(text));
    }
  }

  /**
   * A declaration that was in force once.
   *
   * @param id its interface
   * @param digest of its text
   */
  Declaration archived(String id, String digest) throws IOException {
    Loaded now = inForce.get(id);
    if (now != null && now.digest().equals(digest)) {
      return now.declaration();
    }
    try {
      return reader.read(id + ENDING, Files.readAllBytes(archive.resolve(digest + ENDING)));
    } catch (DeclarationRefused e) {
      throw new IOException("the archived declaration of " + id + " is not readable", e);
    }
  }
}
