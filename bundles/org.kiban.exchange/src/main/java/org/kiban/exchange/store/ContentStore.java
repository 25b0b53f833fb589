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
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.stream.GrowingFile;

/**
 * Keeps the content of what arrived, encrypted (AES-256-GCM), until its retention ends. Contents
 * are appended to segment files, many to one, so that one fsync makes many durable; a large one has
 * a segment of its own. A segment is never changed once it was synced, and goes as a whole.
 *
 * <p>A reference is {@code <segment>:<offset>}. An entry is a row of frames: length (4 bytes, 0
 * ends the entry), nonce (12), cipher text with tag. Safe for any thread.
 */
public final class ContentStore implements Closeable {

  /** Plain bytes of a frame; also what decides whether a content is small. */
  public static final int FRAME = 1 << 20;

  private static final int SEGMENT = 64 << 20;
  private static final int PIECE = 1 << 10;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final String SUFFIX = ".seg";

  private final Path directory;
  private final SecretKey key;
  private final DurableFiles files;
  private final SecureRandom random = new SecureRandom();
  private long next;
  private Path segment;
  private FileChannel channel;
  private boolean unsynced;

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
   * @return its reference
   */
  public synchronized String put(Sealed content) throws IOException {
    if (channel == null || channel.position() > SEGMENT) {
      roll();
    }
    long offset = channel.position();
    ByteBuffer frames = content.frames.duplicate();
    try {
      while (frames.hasRemaining()) {
        channel.write(frames);
      }
    } catch (IOException e) {
      // Nobody refers to what was written of it: the next content takes its place.
      channel.truncate(offset);
      throw e;
    }
    unsynced = true;
    return segment.getFileName().toString().replace(SUFFIX, "") + ":" + offset;
  }

  /** Opens a segment for one large content, which is written as it streams by. */
  public synchronized Large large() throws IOException {
    return new Large(new GrowingFile(directory.resolve("%012d".formatted(next++) + SUFFIX)));
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
      return out.path().getFileName().toString().replace(SUFFIX, "") + ":0";
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
    if (unsynced) {
      try {
        channel.force(false);
        unsynced = false;
      } catch (IOException e) {
        abandon();
        throw e;
      }
    }
  }

  /**
   * Opens a stored content.
   *
   * @throws IOException if it is missing or was changed since
   */
  public InputStream open(String ref) throws IOException {
    int colon = ref.indexOf(':');
    Path path = directory.resolve(ref.substring(0, colon) + SUFFIX);
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
   * @return how many went
   */
  public synchronized int retain(Set<String> wanted, Instant before) throws IOException {
    int removed = 0;
    String current = segment == null ? "" : segment.getFileName().toString().replace(SUFFIX, "");
    for (String name : segments()) {
      Path path = directory.resolve(name + SUFFIX);
      if (!wanted.contains(name)
          && !name.equals(current)
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
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      paths.forEach(p -> names.add(p.getFileName().toString().replace(SUFFIX, "")));
    }
    return names;
  }

  private void roll() throws IOException {
    sync();
    abandon();
    segment = directory.resolve("%012d".formatted(next++) + SUFFIX);
    channel = FileChannel.open(segment, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    files.syncDirectory(directory);
  }

  private void abandon() throws IOException {
    unsynced = false;
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    sync();
    abandon();
  }
}
