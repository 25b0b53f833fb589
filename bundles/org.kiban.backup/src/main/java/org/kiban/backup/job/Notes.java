package org.kiban.backup.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.kiban.core.storage.DurableFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small named notes in one file, kept over a restart. Safe for any thread. */
public final class Notes {

  private static final Logger LOG = LoggerFactory.getLogger(Notes.class);

  private final DurableFiles files;
  private final Path file;

  /**
   * @param file where they are kept; its directory exists
   */
  public Notes(DurableFiles files, Path file) {
    this.files = files;
    this.file = file;
  }

  /** A copy of one; empty if there is none. */
  public synchronized ObjectNode of(String name) {
    return read().get(name) instanceof ObjectNode note
        ? note
        : JsonNodeFactory.instance.objectNode();
  }

  /** Changes one; what cannot be written is told in the log, and known anew with the next. */
  public synchronized void change(String name, Consumer<ObjectNode> change) {
    ObjectNode all = read();
    ObjectNode note =
        all.get(name) instanceof ObjectNode before ? before : JsonNodeFactory.instance.objectNode();
    change.accept(note);
    all.set(name, note);
    try {
      files.write(file, out -> out.write(all.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      LOG.warn("{} could not be written: {}", file, e.toString());
    }
  }

  /** Empty before the first note, and if it cannot be read: then the next run tells anew. */
  private ObjectNode read() {
    try {
      if (new ObjectMapper().readTree(Files.readAllBytes(file)) instanceof ObjectNode all) {
        return all;
      }
    } catch (IOException e) {
      LOG.debug("no notes of backups yet: {}", e.toString());
    }
    return JsonNodeFactory.instance.objectNode();
  }
}
