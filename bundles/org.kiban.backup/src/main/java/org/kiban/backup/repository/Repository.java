package org.kiban.backup.repository;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.platform.remote.Waits;

/**
 * An open repository, format version 2 of restic (1 is read and added to). Everything needs a lock
 * first, {@link #lock}. Safe for several threads.
 */
public final class Repository implements Closeable {

  private final Backend backend;
  private final InstantSource clock;
  private final Waits.Pause pause;
  private final int packBytes;
  private final String host;
  private final MasterKey key;
  private final Envelope envelope;
  private final Config config;
  private final Codec codec;
  private final Buffers buffers = new Buffers();
  private final Id keyName;
  private final Indexes indexes = new Indexes(this);
  private Index index;
  private Locks.Held held;

  Repository(
      Backend backend,
      Settings settings,
      MasterKey key,
      Envelope envelope,
      Config config,
      Id keyName) {
    this.backend = backend;
    this.clock = settings.clock();
    this.pause = settings.pause();
    this.packBytes = settings.packBytes();
    this.host = settings.host();
    this.key = key;
    this.envelope = envelope;
    this.config = config;
    this.codec = new Codec(settings.level());
    this.keyName = keyName;
  }

  /**
   * How a repository is used.
   *
   * @param host this node's name in locks and snapshots
   * @param level of compression
   * @param pause how time passes while a lock is taken
   * @param packBytes how large a pack is when it is stored
   */
  public record Settings(
      InstantSource clock, String host, int level, Waits.Pause pause, int packBytes) {

    /** In real time, with packs as the format's tools make them, or smaller if memory is short. */
    public Settings(InstantSource clock, String host, int level) {
      this(clock, host, level, Waits::pause, isLean() ? 4 << 20 : 16 << 20);
    }
  }

  /**
   * A password.
   *
   * @param text itself
   * @param isRandom whether it is 256 random bits, which need no slow derivation
   */
  public record Password(String text, boolean isRandom) {
    @Override
    public String toString() {
      return "***";
    }

    KeyFile.Cost cost() {
      return isRandom ? KeyFile.Cost.RANDOM : KeyFile.Cost.CHOSEN;
    }
  }

  /** SHA-256. */
  public static Id hash(byte[] bytes, int offset, int length) {
    MessageDigest digest = Id.sha256();
    digest.update(bytes, offset, length);
    return Id.of(digest.digest(), 0);
  }

  /** Whether memory is so short that less must be held at a time. */
  public static boolean isLean() {
    return Runtime.getRuntime().maxMemory() < 400L << 20;
  }

  /** Daemon threads of that name and a number. */
  public static ThreadFactory threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + '-' + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Takes a lock, held until the repository is closed. */
  public Repository lock(boolean exclusive) throws IOException {
    held = locks().take(exclusive);
    return this;
  }

  Locks.Held held() {
    return held;
  }

  /** Whether nobody else is at work here; a lock must be held. */
  public boolean isAlone() throws IOException {
    return held.alone();
  }

  /** The snapshot that a word names: the beginning of its id, or {@code latest}. */
  public Snapshot snapshot(String word) throws IOException {
    boolean latest = word.equals("latest");
    List<Snapshot> found = new ArrayList<>();
    for (Backend.Entry entry : backend.list(Kind.SNAPSHOT)) {
      if (latest || entry.name().startsWith(word)) {
        try {
          found.add(snapshot(Id.parse(entry.name())));
        } catch (DamagedException e) {
          if (!latest) {
            throw e;
          }
        }
      }
    }
    if (found.isEmpty() || !latest && found.size() > 1) {
      throw new KibanException(Outcome.USAGE, BackupMessage.NO_SNAPSHOT, backend.location(), word);
    }
    found.sort(Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id));
    return found.get(found.size() - 1);
  }

  private Locks locks() {
    return new Locks(this, backend, clock, pause, host);
  }

  /** Removes locks of those who are gone, or all; returns how many. */
  public int unlock(boolean all) throws IOException {
    return locks().unlock(all);
  }

  /** Where it lies. */
  public Backend backend() {
    return backend;
  }

  MasterKey key() {
    return key;
  }

  Envelope envelope() {
    return envelope;
  }

  int packBytes() {
    return packBytes;
  }

  Codec codec() {
    return codec;
  }

  /** Its settings. */
  public Config config() {
    return config;
  }

  /** This node's name in snapshots. */
  public String host() {
    return host;
  }

  /** The clock. */
  public InstantSource clock() {
    return clock;
  }

  /** The key that it was opened with. */
  public Id keyName() {
    return keyName;
  }

  /** Reads an index, a snapshot or a lock. */
  byte[] loadUnpacked(Kind kind, Id name) throws IOException {
    String file = kind.path(name.toString());
    byte[] plain = envelope.open(Repositories.whole(backend, kind, name.toString()), file);
    if (plain.length > 0 && plain[0] == 2) {
      return codec.decompress(plain, 1, file);
    }
    return plain;
  }

  /** Stores an index, a snapshot or a lock; returns its name. */
  Id saveUnpacked(Kind kind, byte[] json) throws IOException {
    byte[] sealed = sealUnpacked(json);
    Id name = hash(sealed, 0, sealed.length);
    Repositories.store(backend, kind, name.toString(), sealed, sealed.length);
    return name;
  }

  int saveUnpackedSized(Kind kind, byte[] json) throws IOException {
    byte[] sealed = sealUnpacked(json);
    String name = hash(sealed, 0, sealed.length).toString();
    Repositories.store(backend, kind, name, sealed, sealed.length);
    return sealed.length;
  }

  private byte[] sealUnpacked(byte[] json) {
    if (config.version() < 2) {
      return envelope.seal(json);
    }
    byte[] packed = new byte[1 + Codec.bound(json.length)];
    packed[0] = 2;
    int length = codec.compress(json, 0, json.length, packed, 1);
    return envelope.seal(Arrays.copyOf(packed, length + 1));
  }

  /** What is in which pack; must have been read. */
  public synchronized Index index() {
    if (index == null) {
      throw new IllegalStateException("loadIndex() first");
    }
    return index;
  }

  /** Reads the index anew. Snapshots that are to be read with it must be listed before. */
  public synchronized void loadIndex() throws IOException {
    index = indexes.load(null);
  }

  /** Reads what can be read of the index; what it does not tell, the packs themselves do. */
  public synchronized void loadIndex(Consumer<DamagedException> damages) throws IOException {
    index = indexes.load(damages);
  }

  synchronized void useIndex(Index other) {
    index = other;
  }

  /** The files of the index. */
  public Indexes indexes() {
    return indexes;
  }

  /** All snapshots, oldest first. */
  public List<Snapshot> snapshots() throws IOException {
    List<Snapshot> snapshots = new ArrayList<>();
    for (Backend.Entry entry : backend.list(Kind.SNAPSHOT)) {
      snapshots.add(snapshot(Id.parse(entry.name())));
    }
    snapshots.sort(Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id));
    return snapshots;
  }

  /** One snapshot. */
  public Snapshot snapshot(Id name) throws IOException {
    return Snapshot.parse(name, loadUnpacked(Kind.SNAPSHOT, name));
  }

  /** Stores a snapshot, which makes everything that it names part of the backup. */
  public Snapshot save(Snapshot snapshot) throws IOException {
    held.check();
    return snapshot.stored(saveUnpacked(Kind.SNAPSHOT, snapshot.bytes()));
  }

  /** Adds blobs; a lock must be held and the index be read. */
  public Writer writer(boolean verify) {
    return new Writer(this, verify);
  }

  /** Reads a blob. */
  public byte[] load(BlobType type, Id id) throws IOException {
    Location where = index().find(type, id);
    if (where == null) {
      throw new DamagedException(id.toString(), "no index tells where this " + type.word() + " is");
    }
    byte[] sealed = new byte[where.length()];
    String pack = index().pack(where.pack()).toString();
    try {
      backend.load(Kind.PACK, pack, where.offset(), sealed, sealed.length);
    } catch (EOFException e) {
      throw new DamagedException(Kind.PACK.path(pack), "is cut short");
    } catch (NoSuchFileException e) {
      throw new DamagedException(Kind.PACK.path(pack), "is missing");
    }
    byte[] plain = new byte[where.size()];
    Id got = unseal(sealed, 0, sealed.length, where.plain(), plain, Kind.PACK.path(pack));
    if (!got.equals(id)) {
      throw new DamagedException(Kind.PACK.path(pack), "blob " + id + " is not what its name says");
    }
    return plain;
  }

  /** Decrypts and decompresses a blob; returns the hash of what it gave. */
  public Id unseal(byte[] sealed, int offset, int length, int plain, byte[] out, String file)
      throws DamagedException {
    if (plain < 0) {
      int size = envelope.open(sealed, offset, length, out, 0, file);
      return hash(out, 0, size);
    }
    byte[] packed = buffers.take(length - Envelope.OVERHEAD);
    try {
      int size = envelope.open(sealed, offset, length, packed, 0, file);
      codec.decompress(packed, 0, size, out, plain, file);
      return hash(out, 0, plain);
    } finally {
      buffers.give(packed);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (held != null) {
        held.close();
      }
    } finally {
      codec.close();
      backend.close();
    }
  }
}
