package org.kiban.exchange.store;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.stream.GrowingFile;

/**
 * Keeps the content of what arrived, encrypted (AES-256-GCM), until its retention ends. Contents
 * are appended to segment files, many that are kept equally long to one, so that one fsync makes
 * many durable; a large one has a segment of its own. A segment is never changed once it was
 * synced, and goes as a whole.
 *
 * <p>A reference is {@code <segment>:<offset>}. An entry is a row of frames: length (4 bytes, 0
 * ends the entry), nonce (12), cipher text with tag. Safe for any thread.
 */
public final class ContentStore implements Closeable {

  /** Plain bytes of a frame; also what decides whether a content is small. */
  public static final int FRAME = 1 << 20;

  private static final int PIECE = 1 << 10;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final Path directory;
  private final SecretKey key;
  private final DurableFiles files;
  private final SecureRandom random = new SecureRandom();
  private final Map<Integer, Segment> open = new HashMap<>();
  private long next;

  /**
   * @param directory holds the segments and nothing else
   * @param key AES-256
   * @param files to make new segments' names durable
   */
  public ContentStore(Path directory, SecretKey key, DurableFiles files) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.key = key;
    this.files = files;
    for (String name : segments()) {
      next = Math.max(next, Long.parseLong(name) + 1);
    }
  }

  /** A content as it will stand in a segment. */
  public record Sealed(ByteBuffer frames) {}

  /**
   * Encrypts a content, which needs nobody to wait for anybody.
   *
   * @param content at most {@link #FRAME} bytes
   */
  public Sealed seal(byte[] content) throws IOException {
    ByteBuffer frames = ByteBuffer.allocate(content.length + 64);
    if (content.length > 0) {
      frame(content, content.length, frames);
    }
    frames.putInt(0).flip();
    return new Sealed(frames);
  }

  /**
   * Stores a content; durable after the next {@link #sync}.
   *
   * @param days how long it is to be kept; contents of a segment are kept equally long
   * @return its reference
   */
  public synchronized String put(Sealed content, int days) throws IOException {
    Segment segment = open.get(days);
    if (segment == null || segment.isFull()) {
      segment = begin(days);
    }
    return segment.append(content.frames.duplicate());
  }

  private Segment begin(int days) throws IOException {
    end(days);
    Segment segment = new Segment(directory, name());
    open.put(days, segment);
    files.syncDirectory(directory);
    return segment;
  }

  /** Has nothing appended any more to the segment of contents that are kept so long. */
  private void end(int days) throws IOException {
    Segment segment = open.get(days);
    if (segment != null) {
      sync(days, segment);
      open.remove(days);
      segment.close();
    }
  }

  private String name() {
    return "%012d".formatted(next++);
  }

  /** Opens a segment for one large content, which is written as it streams by. */
  public synchronized Large large() throws IOException {
    return new Large(new GrowingFile(directory.resolve(name() + Segment.SUFFIX)));
  }

  /** A large content on its way into the store. Used by one thread at a time. */
  public final class Large extends java.io.OutputStream {
    private final GrowingFile out;
    private final byte[] buffer = new byte[FRAME];
    private final ByteBuffer frame = ByteBuffer.allocate(FRAME + 64);
    private int filled;

    private Large(GrowingFile out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int done = 0;
      while (done < length) {
        int n = Math.min(length - done, FRAME - filled);
        System.arraycopy(bytes, offset + done, buffer, filled, n);
        filled += n;
        done += n;
        if (filled == FRAME) {
          emit();
        }
      }
    }

    private void emit() throws IOException {
      frame.clear();
      ContentStore.this.frame(buffer, filled, frame);
      filled = 0;
      out.write(frame.array(), 0, frame.position());
    }

    /** Ends the content, durable on return, and gives its reference. */
    public String commit() throws IOException {
      if (filled > 0) {
        emit();
      }
      out.write(new byte[Integer.BYTES]);
      out.commit();
      files.syncDirectory(directory);
      return out.path().getFileName().toString().replace(Segment.SUFFIX, "") + ":0";
    }

    /** Drops the content. Does nothing after a commit. */
    public void discard() throws IOException {
      out.discard();
    }
  }

  private void frame(byte[] plain, int length, ByteBuffer out) throws IOException {
    try {
      byte[] nonce = new byte[NONCE];
      random.nextBytes(nonce);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      out.putInt(cipher.getOutputSize(length)).put(nonce);
      // In small pieces: the JVM finds the processor's instructions only after some ten thousand
      // calls, however large each of them is; until then a core manages tens of MB a second.
      int done = 0;
      for (; length - done > PIECE; done += PIECE) {
        cipher.update(ByteBuffer.wrap(plain, done, PIECE), out);
      }
      cipher.doFinal(ByteBuffer.wrap(plain, done, length - done), out);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot encrypt", e);
    }
  }

  /** Makes every content that was put before this call survive a power cut. */
  public synchronized void sync() throws IOException {
    for (Map.Entry<Integer, Segment> e : List.copyOf(open.entrySet())) {
      sync(e.getKey(), e.getValue());
    }
  }

  private void sync(int days, Segment segment) throws IOException {
    try {
      segment.sync();
    } catch (IOException e) {
      // What of it reached the disk nobody can tell: the next content gets a new segment.
      open.remove(days);
      segment.close();
      throw e;
    }
  }

  /**
   * Opens a stored content.
   *
   * @throws IOException if it is missing or was changed since
   */
  public InputStream open(String ref) throws IOException {
    int colon = ref.indexOf(':');
    Path path = directory.resolve(ref.substring(0, colon) + Segment.SUFFIX);
    FileChannel in = FileChannel.open(path, StandardOpenOption.READ);
    in.position(Long.parseLong(ref.substring(colon + 1)));
    return new Frames(
        new DataInputStream(new BufferedInputStream(Channels.newInputStream(in), 1 << 16)), ref);
  }

  /** Decrypts frame by frame; nothing is given out before its tag was checked. */
  private final class Frames extends InputStream {
    private final DataInputStream in;
    private final String ref;
    private ByteBuffer plain = ByteBuffer.allocate(0);
    private boolean ended;

    Frames(DataInputStream in, String ref) {
      this.in = in;
      this.ref = ref;
    }

    @Override
    public int read() throws IOException {
      return fill() ? plain.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int n = Math.min(length, plain.remaining());
      plain.get(bytes, offset, n);
      return n;
    }

    private boolean fill() throws IOException {
      if (plain.hasRemaining()) {
        return true;
      }
      if (ended) {
        return false;
      }
      try {
        int length = in.readInt();
        if (length == 0) {
          ended = true;
          return false;
        }
        if (length < 0 || length > FRAME + 64) {
          throw new IOException("stored content " + ref + " is damaged");
        }
        byte[] nonce = in.readNBytes(NONCE);
        byte[] sealed = in.readNBytes(length);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
        plain = ByteBuffer.wrap(cipher.doFinal(sealed));
        return true;
      } catch (GeneralSecurityException | EOFException e) {
        throw new IOException("stored content " + ref + " is damaged", e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /**
   * Removes segments that nothing refers to.
   *
   * @param wanted names that are still referred to
   * @param before only segments last written before this; newer ones may be about to be referred to
   * @param begun segments begun before this get no more contents, so that what is kept for few days
   *     is not kept as long as it takes to fill one
   * @return how many went
   */
  public synchronized int retain(Set<String> wanted, Instant before, Instant begun)
      throws IOException {
    for (Map.Entry<Integer, Segment> e : List.copyOf(open.entrySet())) {
      if (e.getValue().begunBefore(begun)) {
        end(e.getKey());
      }
    }
    Set<String> current = open.values().stream().map(Segment::name).collect(Collectors.toSet());
    int removed = 0;
    for (String name : segments()) {
      Path path = directory.resolve(name + Segment.SUFFIX);
      if (!wanted.contains(name)
          && !current.contains(name)
          && Files.getLastModifiedTime(path).toInstant().isBefore(before)) {
        Files.delete(path);
        removed++;
      }
    }
    return removed;
  }

  /** Names of the segments, as in references. */
  public List<String> segments() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, "*" + Segment.SUFFIX)) {
      paths.forEach(p -> names.add(p.getFileName().toString().replace(Segment.SUFFIX, "")));
    }
    return names;
  }

  @Override
  public synchronized void close() throws IOException {
    for (int days : List.copyOf(open.keySet())) {
      end(days);
    }
  }
}
