package org.kiban.exchange.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.stream.GrowingFile;

/**
 * Where large contents are written before it is known what becomes of them: near the consumer if
 * there is only one, so that nothing has to be copied. A consumer whose directory is on another
 * disk, or cannot be written now, does not disturb the taking in.
 */
record Spools(Path work, AtomicLong names) {

  Spools(Path work) {
    this(work, new AtomicLong());
  }

  GrowingFile create(Line line) throws IOException {
    if (line.outbounds().size() == 1) {
      Optional<Path> near = line.outbounds().values().iterator().next().spool();
      if (near.isPresent()) {
        Path directory = near.get().getParent();
        if (Files.isWritable(directory)
            && Files.getFileStore(directory).equals(Files.getFileStore(work))) {
          return new GrowingFile(near.get());
        }
      }
    }
    return new GrowingFile(work.resolve("s" + names.incrementAndGet()));
  }

  /**
   * A spooled content as one delivery's consumers get it.
   *
   * @param sole whether only one of them does, who may have the file itself
   */
  static Outbound.Content content(Path spool, boolean sole) {
    return new Outbound.Content() {
      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(spool);
      }

      @Override
      public Optional<Path> file() {
        return sole ? Optional.of(spool) : Optional.empty();
      }
    };
  }
}
