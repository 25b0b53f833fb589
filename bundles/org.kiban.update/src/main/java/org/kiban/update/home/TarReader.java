package org.kiban.update.home;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a tar archive (POSIX) from front to back: directories and files with plain names, nothing
 * else. Whatever could lead out of the folder that it is unpacked to is refused, and so is more
 * than it may hold. For one thread.
 */
final class TarReader implements Closeable {

  private static final int BLOCK = 512;
  private static final int MOST_ENTRIES = 100_000;
  private static final int LONGEST_EXTENSION = 64 << 10;
  private static final int LONGEST_NAME = 500;

  private final InputStream in;
  private long left;
  private int entries;
  private Body body;

  /**
   * @param in closed with this
   * @param most bytes that all files together may have
   */
  TarReader(InputStream in, long most) {
    this.in = in;
    this.left = most;
    this.body = new Body(0);
  }

  /**
   * A directory or a file.
   *
   * @param name without a slash at its end
   * @param directory whether it is one
   * @param size in bytes
   */
  record Entry(String name, boolean directory, long size) {}

  /** An archive that is not read to its end. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }

  /** The next entry, null at the end; what was not read of the one before is passed over. */
  Entry next() throws IOException {
    String longName = null;
    while (true) {
      body.skip();
      byte[] header = in.readNBytes(BLOCK);
      if (header.length < BLOCK) {
        throw new EOFException("it ends too early");
      }
      if (isZero(header)) {
        return null;
      }
      check(header);
      long size = number(header, 124, 12);
      if (header[156] == 'x' || header[156] == 'g') {
        String name = extendedName(size);
        longName = name == null ? longName : name;
      } else {
        return entry(header, longName, size);
      }
    }
  }

  /** The content of the entry, to be read before the next; closing it closes nothing. */
  InputStream content() {
    return body;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private Entry entry(byte[] header, String longName, long size) throws IOException {
    String name = longName == null ? shortName(header) : longName;
    boolean directory = header[156] == '5';
    if (!directory && header[156] != '0' && header[156] != 0) {
      throw new Refused("neither a file nor a directory: " + name);
    }
    name = directory && name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    if (!isPlain(name)) {
      throw new Refused("a name that leads elsewhere: " + name);
    }
    left -= size;
    if (left < 0 || ++entries > MOST_ENTRIES || directory && size != 0) {
      throw new Refused("more than a distribution holds, at " + name);
    }
    body = new Body(size);
    return new Entry(name, directory, size);
  }

  private static boolean isPlain(String name) {
    return name.length() <= LONGEST_NAME
        && name.chars().noneMatch(c -> c < ' ' || c == '\\' || c == 127)
        && Arrays.stream(name.split("/", -1))
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  private static String shortName(byte[] header) {
    String prefix = text(header, 345, 155);
    return prefix.isEmpty() ? text(header, 0, 100) : prefix + "/" + text(header, 0, 100);
  }

  private static String text(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }

  private static long number(byte[] header, int at, int length) throws IOException {
    String digits = text(header, at, length).strip();
    try {
      long number = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // as the negative one
    }
    throw new Refused("a header that is not one of tar");
  }

  private static void check(byte[] header) throws IOException {
    long wanted = number(header, 148, 8);
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
    }
    if (sum != wanted || !text(header, 257, 5).equals("ustar")) {
      throw new Refused("a header that is not one of tar");
    }
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Records {@code <length> <key>=<value>\n}; only the name is of interest. Null without one. */
  private String extendedName(long size) throws IOException {
    if (size > LONGEST_EXTENSION) {
      throw new Refused("an extended header of " + size + " bytes");
    }
    body = new Body(size);
    byte[] all = body.readAllBytes();
    String name = null;
    for (int at = 0; at < all.length; ) {
      int space = at;
      while (space < all.length && all[space] >= '0' && all[space] <= '9') {
        space++;
      }
      int record = space == at || space - at > 6 ? 0 : Integer.parseInt(ascii(all, at, space));
      if (record < space - at + 3 || record > all.length - at || all[space] != ' ') {
        throw new Refused("an extended header that is none");
      }
      String[] pair =
          new String(all, space + 1, at + record - space - 2, StandardCharsets.UTF_8).split("=", 2);
      name = pair[0].equals("path") && pair.length == 2 ? pair[1] : name;
      if (pair[0].equals("size")) {
        throw new Refused("a file larger than any of a distribution");
      }
      at += record;
    }
    return name;
  }

  private static String ascii(byte[] all, int from, int to) {
    return new String(all, from, to - from, StandardCharsets.US_ASCII);
  }

  /** What belongs to one entry, with the padding after it. */
  private final class Body extends FilterInputStream {
    private long rest;
    private int padding;

    Body(long size) {
      super(TarReader.this.in);
      this.rest = size;
      this.padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
      if (rest == 0) {
        return -1;
      }
      int got = in.read(to, at, (int) Math.min(length, rest));
      if (got < 0) {
        throw new EOFException("it ends too early");
      }
      rest -= got;
      return got;
    }

    @Override
    public void close() {
      // the archive goes on
    }

    void skip() throws IOException {
      in.skipNBytes(rest + padding);
      rest = 0;
      padding = 0;
    }
  }
}
