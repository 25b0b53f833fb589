package org.kiban.logship.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  FileStream(Known known, Profile profile) {
    this.origin = known.origin();
    this.profile = profile;
    this.size = known.size();
    this.shown = known.path();
    this.mark = known.mark();
  }

  /** A file that is no longer what it was when it was opened. */
  static final class Changed extends IOException {
    private static final long serialVersionUID = 1L;

    Changed(String path) {
      super("truncated or replaced: " + path);
    }
  }

  /** Where it is found, and what may come there. */
  void found(Found file, Tail expected, long known) {
    size = Math.max(known, size);
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
      byte[] window = new byte[earlier.length()];
      ByteBuffer before = ByteBuffer.wrap(window);
      long start = earlier.offset() - earlier.length();
      while (before.hasRemaining() && channel.read(before, start + before.position()) > 0) {
        // until all is there, or the end
      }
      if (earlier.offset() > 0 && !Content.hash(window).equals(earlier.hash())) {
        throw new Changed(path.toString());
      }
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
        in = Content.open(file.path(), true);
        at = 0;
      }
      in.skipNBytes(offset - at);
      int count = in.readNBytes(into, 0, most);
      at = offset + count;
      FileStream.this.read(offset, into, count);
      return count;
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
