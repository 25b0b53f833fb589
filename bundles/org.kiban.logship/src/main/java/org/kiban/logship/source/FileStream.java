package org.kiban.logship.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.kiban.logship.parse.Packer.Tail;
import org.kiban.logship.parse.Profile;
import org.kiban.logship.ship.Origin;

/** One file through all its names. */
final class FileStream implements Stream {

  private final Origin origin;
  private final Profile profile;
  private volatile Found place;
  private volatile Tail tail = Tail.OPEN;
  private volatile long size;
  private volatile String shown;
  private volatile Mark mark;
  private final long begin;
  private volatile Known known;
  private volatile long end = -1;

  FileStream(Known known, Profile profile) {
    this.known = known;
    this.origin = known.origin();
    this.profile = profile;
    this.size = known.size();
    this.shown = known.path();
    this.mark = known.mark();
    this.begin = known.begin();
    this.end = known.packed().end();
  }

  /** A file that is no longer what it was when it was opened. */
  static final class Changed extends IOException {
    private static final long serialVersionUID = 1L;

    Changed(String path) {
      super("truncated or replaced: " + path);
    }
  }

  /** Where it is found, what may come there, and what is known of it now. */
  void found(Found file, Tail expected, Known now) {
    known = now;
    end = now.packed().end();
    size = Math.max(now.size(), size);
    shown = file.path().toString();
    tail = expected;
    place = file;
  }

  void gone() {
    tail = Tail.ENDED;
    place = null;
  }

  Mark mark() {
    return mark;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public Profile profile() {
    return profile;
  }

  @Override
  public String place() {
    return shown;
  }

  @Override
  public long size() {
    return Math.max(size, mark.offset());
  }

  @Override
  public boolean isPacked() {
    Found at = place;
    return at != null && at.isCompressed();
  }

  /** Where what is compressed was found to end; -1 if nobody has read so far. */
  long end() {
    return end;
  }

  @Override
  public long first() {
    return begin;
  }

  @Override
  public boolean isEnd(long offset) {
    return end >= 0 && offset >= end;
  }

  @Override
  public boolean isGone() {
    return place == null;
  }

  @Override
  public Tail tail() {
    return tail;
  }

  @Override
  public Reader open() throws IOException {
    Found at = place;
    if (at == null) {
      throw new java.nio.file.NoSuchFileException(shown);
    }
    return at.isCompressed() ? new Unpacking(at) : new Plain(at);
  }

  /** Whether a file begins as this one does. */
  private boolean isBegun(byte[] prefix) {
    Known now = known;
    return Content.begins(prefix, now.prefix(), now.prefixHash());
  }

  private synchronized void read(long offset, byte[] bytes, int count) {
    if (count > 0 && offset + count > mark.offset()) {
      mark = Mark.at(offset + count, bytes, count);
    }
  }

  /** Reads a file that is being written. Keeps it open: it can be read to its end once deleted. */
  private final class Plain implements Reader {
    private final Found.Key key;
    private final Path path;
    private final FileChannel channel;

    Plain(Found at) throws IOException {
      this.channel = FileChannel.open(at.path(), StandardOpenOption.READ);
      this.path = at.path();
      this.key = at.key();
      if (!Found.at(path).key().matches(key)) {
        channel.close();
        throw new Changed(path.toString());
      }
    }

    @Override
    public int read(long offset, byte[] into, int most) throws IOException {
      Found now = place;
      if (now != null && !now.key().matches(key)) {
        throw new Changed(path.toString());
      }
      ByteBuffer buffer = ByteBuffer.wrap(into, 0, most);
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
        // until all is there, or the end
      }
      int count = buffer.position();
      check(mark);
      FileStream.this.read(offset, into, count);
      return count;
    }

    /** After the bytes were read: what was read earlier must still stand there. */
    private void check(Mark earlier) throws IOException {
      boolean same =
          earlier.offset() > 0
              ? Content.hash(bytes(earlier.offset() - earlier.length(), earlier.length()))
                  .equals(earlier.hash())
              : isBegun(bytes(0, Content.PREFIX));
      if (!same) {
        throw new Changed(path.toString());
      }
    }

    private byte[] bytes(long start, int most) throws IOException {
      byte[] bytes = new byte[most];
      ByteBuffer into = ByteBuffer.wrap(bytes);
      while (into.hasRemaining() && channel.read(into, start + into.position()) > 0) {
        // until all is there, or the end
      }
      return Arrays.copyOf(bytes, into.position());
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        return; // nothing was written
      }
    }
  }

  /** Reads what rotation compressed. */
  private final class Unpacking implements Reader {
    private final Found file;
    private InputStream in;
    private long at;

    Unpacking(Found file) {
      this.file = file;
    }

    @Override
    public int read(long offset, byte[] into, int most) throws IOException {
      if (in == null || offset < at) {
        close();
        in = begin();
        at = 0;
      }
      in.skipNBytes(offset - at);
      int count = in.readNBytes(into, 0, most);
      at = offset + count;
      FileStream.this.read(offset, into, count);
      Found now = place;
      if (count < most && now != null && now.equals(file)) {
        end = at;
      }
      return count;
    }

    /** Rotation may have put another file at its path: what is there must begin as this one. */
    private InputStream begin() throws IOException {
      InputStream all = Content.open(file.path(), true);
      try {
        byte[] prefix = all.readNBytes(Content.PREFIX);
        if (!isBegun(prefix)) {
          throw new Changed(file.path().toString());
        }
        return new SequenceInputStream(new ByteArrayInputStream(prefix), all);
      } catch (IOException e) {
        all.close();
        throw e;
      }
    }

    @Override
    public void close() {
      try {
        if (in != null) {
          in.close();
        }
      } catch (IOException e) {
        return; // nothing was written
      }
    }
  }
}
