package org.kiban.addon.pack;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes that can be read anywhere: a file, or an entry that is in memory. */
interface Bytes {

  long size();

  /** Reads exactly so many bytes. */
  byte[] read(long offset, int length) throws IOException;

  static Bytes of(byte[] content) {
    return new Bytes() {
      @Override
      public long size() {
        return content.length;
      }

      @Override
      public byte[] read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset > content.length - length) {
          throw new EOFException();
        }
        return java.util.Arrays.copyOfRange(content, (int) offset, (int) offset + length);
      }
    };
  }

  /** A file; its length is the one that it has now. */
  static Bytes of(FileChannel file) throws IOException {
    long size = file.size();
    return new Bytes() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public byte[] read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset > size - length) {
          throw new EOFException();
        }
        ByteBuffer read = ByteBuffer.allocate(length);
        while (read.hasRemaining()) {
          if (file.read(read, offset + read.position()) < 0) {
            throw new EOFException();
          }
        }
        return read.array();
      }
    };
  }
}
