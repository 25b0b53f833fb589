package org.kiban.node.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kiban.core.NodePaths;
import org.kiban.core.storage.DurableFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Notes in {@code KIBAN_DATA/node/format} that the data may from now on have the format of this
 * version, which older ones refuse. Not while it is on trial: until it is kept, the one before must
 * be able to go on.
 */
@Component(service = DataFormat.class, immediate = true)
public final class DataFormat {

  /** Raises the note if this version's format is higher. */
  @Activate
  public DataFormat(@Reference NodePaths paths, @Reference DurableFiles files) throws IOException {
    Path note = paths.data().resolve("node/format");
    int own = read(paths.home().resolve("lib/kiban/format"));
    if (!paths.onTrial() && own > read(note)) {
      Files.createDirectories(note.getParent());
      files.write(note, out -> out.write((own + "\n").getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** The first format was not noted. */
  private static int read(Path file) throws IOException {
    return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 1;
  }
}
