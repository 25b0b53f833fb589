package org.kiban.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.kiban.backup.backend.Backend;
import org.kiban.core.KibanException;
import org.kiban.platform.remote.Waits;

/**
 * Adds blobs to a repository: compressed, encrypted, packed, stored, and then told of in an index,
 * in that order, so that an index never tells of what is not there. Safe for several threads.
 */
public final class Writer implements AutoCloseable {

  private static final int SAVERS = 2;
  private static final int BLOBS_PER_INDEX = 50_000;
  private static final int PACKS_PER_INDEX = 64;
  private static final long NANOS_PER_INDEX = 600_000_000_000L;

  private final Repository repository;
  private final boolean verify;
  private final WayBack back;
  private final Buffers packs = new Buffers();
  private final Packer data;
  private final Packer trees;
  private final Buffers buffers = new Buffers();
  private final ExecutorService savers =
      Executors.newFixedThreadPool(SAVERS, Repository.threads("kiban-backup-save"));
  private final Semaphore room = new Semaphore(SAVERS);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicLong stored = new AtomicLong();
  private Map<Id, List<PackedBlob>> unindexed = new LinkedHashMap<>();
  private long lastIndex = System.nanoTime();

  Writer(Repository repository, boolean verify) {
    this.repository = repository;
    this.verify = verify;
    this.back = new WayBack(repository.envelope(), repository.codec());
    this.data = new Packer(BlobType.DATA, repository.packBytes(), packs, this::save);
    this.trees = new Packer(BlobType.TREE, repository.packBytes(), packs, this::save);
  }

  /** Bytes that were stored so far. */
  public long stored() {
    return stored.get();
  }

  /** Adds a blob if it is not there; returns its id. */
  public Id add(BlobType type, byte[] plain, int length) throws IOException {
    long sum = verify ? WayBack.sum(plain, length) : 0;
    Id id = Repository.hash(plain, 0, length);
    if (repository.index().claim(type, id)) {
      try {
        store(type, id, plain, length, sum);
      } catch (IOException | RuntimeException | Error e) {
        fail(e); // the claim stays, so nobody may believe that the blob is there
        throw e;
      }
    }
    return id;
  }

  private void store(BlobType type, Id id, byte[] plain, int length, long sum) throws IOException {
    check();
    if (repository.config().version() < 2) {
      seal(type, id, plain, length, -1, sum);
      return;
    }
    byte[] packed = buffers.take(Codec.bound(length));
    try {
      int size = repository.codec().compress(plain, 0, length, packed, 0);
      seal(type, id, packed, size, length, sum);
    } finally {
      buffers.give(packed);
    }
  }

  /**
   * Encrypts what is ready for it, and adds it.
   *
   * @param plain length before compression; -1 without
   * @param sum of what it was before compression
   */
  private void seal(BlobType type, Id id, byte[] in, int size, int plain, long sum)
      throws IOException {
    byte[] sealed = buffers.take(Math.max(plain, size + Envelope.OVERHEAD));
    try {
      long ready = sum;
      if (verify && plain >= 0) {
        ready = back.compressed(id, in, size, sealed, plain, sum);
      }
      int length = repository.envelope().seal(in, 0, size, sealed, 0);
      if (verify) {
        back.encrypted(id, sealed, length, ready);
      }
      (type == BlobType.DATA ? data : trees).add(id, sealed, length, plain);
    } finally {
      buffers.give(sealed);
    }
  }

  private void fail(Throwable e) {
    failure.compareAndSet(null, e);
  }

  /** Throws what a background save failed with. */
  public void check() throws IOException {
    Throwable e = failure.get();
    if (e instanceof KibanException told) {
      throw told;
    }
    if (e instanceof DamagedException damaged) {
      throw new DamagedException(damaged.file(), damaged.reason());
    }
    if (e != null) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void save(Packer.Pack pack) throws IOException {
    Waits.until(room::acquire);
    savers.execute(
        () -> {
          try {
            check();
            saveNow(pack);
          } catch (IOException | RuntimeException | Error e) {
            fail(e);
          } finally {
            pack.release();
            room.release();
          }
        });
  }

  private void saveNow(Packer.Pack pack) throws IOException {
    byte[] header = repository.envelope().seal(PackHeader.encode(pack.blobs));
    pack.room(header.length + 4);
    System.arraycopy(header, 0, pack.bytes, pack.length, header.length);
    int length = pack.length + header.length;
    ByteBuffer.wrap(pack.bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(length, header.length);
    length += 4;
    Id id = Repository.hash(pack.bytes, 0, length);
    repository.held().check();
    Repositories.store(repository.backend(), Backend.Kind.PACK, id.toString(), pack.bytes, length);
    stored.addAndGet(length);
    stored(id, pack.blobs);
  }

  /** Notes a pack that is durable. */
  void stored(Id pack, List<PackedBlob> blobs) throws IOException {
    repository.index().add(pack, blobs);
    Map<Id, List<PackedBlob>> full = null;
    synchronized (this) {
      unindexed.put(pack, blobs);
      int count = unindexed.values().stream().mapToInt(List::size).sum();
      if (count >= BLOBS_PER_INDEX
          || unindexed.size() >= PACKS_PER_INDEX
          || System.nanoTime() - lastIndex > NANOS_PER_INDEX) {
        full = unindexed;
        unindexed = new LinkedHashMap<>();
        lastIndex = System.nanoTime();
      }
    }
    if (full != null) {
      writeIndex(full);
    }
  }

  private void writeIndex(Map<Id, List<PackedBlob>> packs) throws IOException {
    stored.addAndGet(repository.saveUnpackedSized(Backend.Kind.INDEX, IndexFiles.encode(packs)));
  }

  /** Returns when everything that was added is durable, and an index tells of it. */
  public void flush() throws IOException {
    data.flush();
    trees.flush();
    room.acquireUninterruptibly(SAVERS);
    room.release(SAVERS);
    check();
    Map<Id, List<PackedBlob>> rest;
    synchronized (this) {
      rest = unindexed;
      unindexed = new LinkedHashMap<>();
      lastIndex = System.nanoTime();
    }
    if (!rest.isEmpty()) {
      writeIndex(rest);
    }
  }

  @Override
  public void close() {
    savers.shutdown();
  }
}
