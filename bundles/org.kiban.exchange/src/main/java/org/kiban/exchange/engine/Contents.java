package org.kiban.exchange.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.kiban.exchange.format.FileConverter;
import org.kiban.exchange.format.FileFault;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.store.ContentStore;

/**
 * Gives the content of a delivery as its consumers get it, long after it was taken in: the stored
 * original, converted once more by the declaration that was in force then. Safe for any thread.
 */
final class Contents {

  private final ContentStore store;
  private final Declarations declarations;
  private final Path work;
  private final AtomicLong names = new AtomicLong();

  Contents(ContentStore store, Declarations declarations, Path work) {
    this.store = store;
    this.declarations = declarations;
    this.work = work;
  }

  /**
   * Opens the converted content.
   *
   * @throws IOException if the original is gone or damaged, or does not give what it gave before
   */
  InputStream open(Delivery d) throws IOException {
    if (d.result().sha().equals(d.source().sha())) {
      return store.open(d.source().ref());
    }
    FileConverter converter =
        new FileConverter(declarations.archived(d.source().line(), d.result().declaration()));
    Path spool = work.resolve("c" + names.incrementAndGet());
    try (InputStream in = store.open(d.source().ref());
        DigestOutputStream out =
            new DigestOutputStream(
                new java.io.BufferedOutputStream(Files.newOutputStream(spool), 1 << 16),
                Hashes.sha256())) {
      converter.convert(in, d.source().bytes(), out, reject -> {});
      out.flush();
      if (!Hashes.hex(out.getMessageDigest().digest()).equals(d.result().sha())) {
        throw new IOException("converting delivery " + d.id() + " again gives another content");
      }
      return new Passing(Files.newInputStream(spool), spool);
    } catch (FileFault e) {
      Files.deleteIfExists(spool);
      throw new IOException("delivery " + d.id() + " cannot be converted again", e);
    } catch (IOException e) {
      Files.deleteIfExists(spool);
      throw e;
    }
  }

  /** Removes its file when it is closed. */
  private static final class Passing extends FilterInputStream {
    private final Path file;

    Passing(InputStream in, Path file) {
      super(in);
      this.file = file;
    }

    @Override
    public void close() throws IOException {
      super.close();
      Files.deleteIfExists(file);
    }
  }
}
