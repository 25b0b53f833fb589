package org.kiban.exchange.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.kiban.core.MessageCode;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.format.Conversion;
import org.kiban.exchange.format.FileFault;
import org.kiban.exchange.format.Reject;
import org.kiban.exchange.ledger.Delivery;
import org.kiban.exchange.ledger.LedgerEvent;
import org.kiban.exchange.store.ContentStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads, checks and converts an arrival, streaming if it is large. Leaves nothing but files in the
 * work directory and, for a large one, an entry in the store that nobody refers to yet. Safe for
 * any thread.
 */
final class Preparer {

  private static final Logger LOG = LoggerFactory.getLogger(Preparer.class);

  private final ContentStore store;
  private final Path work;
  private final AtomicLong names = new AtomicLong();

  Preparer(ContentStore store, Path work) {
    this.store = store;
    this.work = work;
  }

  /**
   * Prepares an arrival.
   *
   * @return nothing if it changed meanwhile or went away: it will come again
   * @throws IOException if the node cannot read or write now
   */
  Optional<Prepared> prepare(Line line, String lineId, Arrival arrival) throws IOException {
    Prepared bare =
        new Prepared(
            line,
            lineId,
            arrival,
            null,
            null,
            null,
            null,
            null,
            null,
            new RejectSpool(work.resolve("r" + names.incrementAndGet())),
            null,
            null,
            null);
    Prepared.Refusal early = refusedUnread(bare);
    if (early != null) {
      return Optional.of(bare.refused(early));
    }
    try {
      Prepared prepared = arrival.size() <= ContentStore.FRAME ? small(bare) : large(bare);
      return arrival.unchanged() ? Optional.of(prepared) : discard(prepared);
    } catch (java.nio.file.NoSuchFileException e) {
      if (Files.isDirectory(work)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Optional<Prepared> discard(Prepared prepared) throws IOException {
    prepared.rejects().discard();
    if (prepared.spool() != null) {
      Files.deleteIfExists(prepared.spool());
    }
    return Optional.empty();
  }

  private static Prepared.Refusal refusedUnread(Prepared p) {
    String name = p.arrival().name();
    if (p.arrival().unfit().isPresent()) {
      return refusal(
          switch (p.arrival().unfit().get()) {
            case SYMBOLIC_LINK -> LinkageMessage.SYMBOLIC_LINK;
            case NOT_A_FILE -> LinkageMessage.NOT_A_FILE;
            case BAD_NAME -> LinkageMessage.BAD_NAME;
          },
          name);
    }
    if (p.line() == null) {
      return refusal(LinkageMessage.UNKNOWN_INTERFACE, p.lineId());
    }
    long maximum = p.line().declaration().maximum().bytes();
    if (p.arrival().size() > maximum) {
      return refusal(LinkageMessage.TOO_LARGE, name, p.arrival().size(), maximum);
    }
    return p.line()
        .declaration()
        .receive()
        .fileName()
        .filter(pattern -> !pattern.matcher(name).matches())
        .map(pattern -> refusal(LinkageMessage.NAME_DOES_NOT_MATCH, name, pattern.pattern()))
        .orElse(null);
  }

  static Prepared.Refusal refusal(MessageCode code, Object... args) {
    return new Prepared.Refusal(
        Delivery.REFUSED,
        code.code(),
        code.text(Locale.ENGLISH, args),
        code.text(Locale.JAPANESE, args));
  }

  private Prepared small(Prepared p) throws IOException {
    byte[] original;
    try (InputStream in = p.arrival().open()) {
      original = in.readNBytes((int) p.arrival().size() + 1);
    }
    String sha = Hashes.of(original);
    ByteArrayOutputStream out = new ByteArrayOutputStream(original.length + 64);
    Prepared made =
        converted(p, sha, new ByteArrayInputStream(original), out, out::toByteArray, null);
    return made.refusal() == null ? made.with(store.seal(original)) : made;
  }

  private Prepared large(Prepared p) throws IOException {
    Path spool = work.resolve("s" + names.incrementAndGet());
    MessageDigest digest = Hashes.sha256();
    ContentStore.Large kept = store.large();
    try (InputStream in = new Copying(new DigestInputStream(p.arrival().open(), digest), kept);
        OutputStream out = Files.newOutputStream(spool)) {
      Prepared prepared = converted(p, null, in, out, null, spool);
      in.transferTo(OutputStream.nullOutputStream());
      String sha = Hashes.hex(digest.digest());
      if (prepared.refusal() != null) {
        kept.discard();
        Files.deleteIfExists(spool);
      }
      return finished(prepared, sha, prepared.refusal() == null ? kept.commit() : null);
    } catch (IOException e) {
      Files.deleteIfExists(spool);
      p.rejects().discard();
      throw e;
    } finally {
      kept.discard();
    }
  }

  private Prepared finished(Prepared p, String sha, String ref) throws IOException {
    Prepared known =
        new Prepared(
            p.line(),
            p.lineId(),
            p.arrival(),
            sha,
            p.original(),
            ref,
            p.result(),
            p.converted(),
            p.spool(),
            p.rejects(),
            null,
            null,
            p.refusal());
    return known.refusal() != null ? known : Identification.of(known);
  }

  private interface Taken {
    byte[] bytes();
  }

  private Prepared converted(
      Prepared p, String sha, InputStream in, OutputStream out, Taken taken, Path spool)
      throws IOException {
    MessageDigest digest = Hashes.sha256();
    Counting counting = new Counting(new DigestOutputStream(out, digest));
    Prepared.Refusal refusal;
    LedgerEvent.Result result = null;
    try {
      Conversion c = p.line().converter().convert(in, counting, p.rejects());
      counting.flush();
      result =
          new LedgerEvent.Result(
              p.line().digest(),
              c.rowsRead(),
              c.rowsRejected(),
              c.charactersReplaced(),
              counting.count,
              Hashes.hex(digest.digest()));
      refusal = null;
    } catch (FileFault e) {
      for (Reject reject : e.rejects()) {
        p.rejects().report(reject);
      }
      refusal =
          new Prepared.Refusal(
              Delivery.REFUSED, e.code().code(), e.text(Locale.ENGLISH), e.text(Locale.JAPANESE));
    } catch (RuntimeException e) {
      LOG.error("{}: {}", LinkageMessage.BUG.code(), p.lineId(), e);
      refusal = refusal(LinkageMessage.BUG, p.arrival().name());
    }
    byte[] bytes = refusal == null && taken != null ? taken.bytes() : null;
    Prepared prepared =
        new Prepared(
            p.line(),
            p.lineId(),
            p.arrival(),
            sha,
            null,
            null,
            result,
            bytes,
            refusal == null ? spool : null,
            p.rejects(),
            null,
            null,
            refusal);
    return sha == null ? prepared : finished(prepared, sha, null);
  }

  /** Writes what is read from it to the store as well. */
  private static final class Copying extends FilterInputStream {
    private final OutputStream copy;

    Copying(InputStream in, OutputStream copy) {
      super(in);
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        copy.write(b);
      }
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      if (n > 0) {
        copy.write(bytes, offset, n);
      }
      return n;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }

  /** Counts what is written to it. */
  private static final class Counting extends java.io.FilterOutputStream {
    private long count;

    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
