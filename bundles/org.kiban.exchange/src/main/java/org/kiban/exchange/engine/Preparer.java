package org.kiban.exchange.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
import org.kiban.exchange.stream.GrowingFile;
import org.kiban.exchange.stream.ReadAhead;
import org.kiban.exchange.stream.WriteBehind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads, checks and converts an arrival, streaming if it is large. Leaves nothing but files in the
 * work directory and, for a large one, an entry in the store that nobody refers to yet. Safe for
 * any thread.
 */
final class Preparer {

  private static final Logger LOG = LoggerFactory.getLogger(Preparer.class);

  private final Scanner scanner;
  private final ContentStore store;
  private final Path work;
  private final Spools spools;
  private final AtomicLong names = new AtomicLong();

  Preparer(ContentStore store, Path work, Scanner scanner) {
    this.scanner = scanner;
    this.store = store;
    this.work = work;
    this.spools = new Spools(work);
  }

  /**
   * Prepares an arrival.
   *
   * @return nothing if it changed meanwhile or went away: it will come again
   * @throws IOException if the node cannot read or write now
   */
  Optional<Prepared> prepare(Intake.Offered offered) throws IOException {
    Prepared bare =
        new Prepared(offered, new RejectSpool(work.resolve("r" + names.incrementAndGet())));
    Prepared.Refusal early = refusedUnread(bare);
    if (early != null) {
      return Optional.of(bare.refused(early));
    }
    Arrival arrival = offered.arrival();
    try {
      Optional<String> malware = scanner.found(arrival);
      if (malware.isPresent()) {
        return Optional.of(
            bare.refused(refusal(LinkageMessage.MALWARE, arrival.name(), malware.get())));
      }
      Prepared prepared = arrival.size() <= ContentStore.FRAME ? small(bare) : large(bare);
      if (arrival.unchanged()) {
        return Optional.of(prepared);
      }
      prepared.discard();
      return Optional.empty();
    } catch (NoSuchFileException e) {
      if (Files.isDirectory(work)) {
        return Optional.empty();
      }
      throw e;
    }
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

  private Prepared small(Prepared bare) throws IOException {
    byte[] original;
    try (InputStream in = bare.arrival().open()) {
      original = in.readNBytes((int) bare.arrival().size() + 1);
    }
    Prepared p = bare.with(new Prepared.Content(Hashes.of(original), null, null));
    ByteArrayOutputStream out = new ByteArrayOutputStream(original.length * 3 / 2 + 64);
    DigestOutputStream hashed = new DigestOutputStream(out, Hashes.sha256());
    Judged judged = judge(p, new ByteArrayInputStream(original), hashed);
    if (judged.refusal() != null) {
      return p.refused(judged.refusal());
    }
    LedgerEvent.Result result = result(p, judged.conversion(), hashed);
    p = Identification.of(p.with(new Prepared.Outcome(result, out.toByteArray(), null)));
    return p.refusal() == null
        ? p.with(new Prepared.Content(p.sha(), store.seal(original), null))
        : p;
  }

  /**
   * One thread reads, hashes, encrypts and keeps the original; this one decodes, checks and
   * encodes; a third hashes and writes what comes of it. Two more bring both files to the disk.
   */
  private Prepared large(Prepared bare) throws IOException {
    ContentStore.Large kept = store.large();
    GrowingFile spool = null;
    try {
      spool = spools.create(bare.line());
      DigestOutputStream hashed = new DigestOutputStream(spool, Hashes.sha256());
      MessageDigest digest = Hashes.sha256();
      Copying copying = new Copying(new DigestInputStream(bare.arrival().open(), digest), kept);
      try (ReadAhead in = new ReadAhead(copying);
          WriteBehind out = new WriteBehind(hashed)) {
        Judged judged = judge(bare, in, out);
        if (judged.refusal() != null) {
          // Kept aside as it is: only its hash is still wanted.
          copying.stop();
        }
        in.transferTo(OutputStream.nullOutputStream());
        Prepared p = bare.with(new Prepared.Content(Hashes.hex(digest.digest()), null, null));
        if (judged.refusal() != null) {
          return p.refused(judged.refusal());
        }
        out.finish();
        return committed(p, result(p, judged.conversion(), hashed), kept, spool);
      }
    } catch (IOException | RuntimeException | Error e) {
      bare.rejects().discard();
      throw e;
    } finally {
      kept.discard();
      if (spool != null) {
        spool.discard();
      }
    }
  }

  private static Prepared committed(
      Prepared p, LedgerEvent.Result result, ContentStore.Large kept, GrowingFile spool)
      throws IOException {
    Prepared known = Identification.of(p.with(new Prepared.Outcome(result, null, null)));
    if (known.refusal() != null) {
      return known;
    }
    spool.commit();
    try {
      return known
          .with(new Prepared.Outcome(result, null, spool.path()))
          .with(new Prepared.Content(p.sha(), null, kept.commit()));
    } catch (IOException e) {
      Files.deleteIfExists(spool.path());
      throw e;
    }
  }

  /** What the converter says: one of the two. */
  private record Judged(Conversion conversion, Prepared.Refusal refusal) {}

  private static Judged judge(Prepared p, InputStream in, OutputStream out) throws IOException {
    try {
      return new Judged(
          p.line().converter().convert(in, p.arrival().size(), out, p.rejects()), null);
    } catch (FileFault e) {
      for (Reject reject : e.rejects()) {
        p.rejects().report(reject);
      }
      return new Judged(
          null,
          new Prepared.Refusal(
              Delivery.REFUSED, e.code().code(), e.text(Locale.ENGLISH), e.text(Locale.JAPANESE)));
    } catch (RuntimeException e) {
      LOG.error("{}: {}", LinkageMessage.BUG.code(), p.lineId(), e);
      return new Judged(null, refusal(LinkageMessage.BUG, p.arrival().name()));
    }
  }

  /** Writes what is read from it to the store as well, until it is told to stop. */
  private static final class Copying extends FilterInputStream {
    private final OutputStream copy;
    private volatile boolean stopped;

    Copying(InputStream in, OutputStream copy) {
      super(in);
      this.copy = copy;
    }

    void stop() {
      stopped = true;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      if (n > 0 && !stopped) {
        copy.write(bytes, offset, n);
      }
      return n;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }

  private static LedgerEvent.Result result(Prepared p, Conversion c, DigestOutputStream hashed) {
    return new LedgerEvent.Result(
        p.line().digest(),
        c.rowsRead(),
        c.rowsRejected(),
        c.charactersReplaced(),
        c.bytesWritten(),
        Hashes.hex(hashed.getMessageDigest().digest()));
  }
}
