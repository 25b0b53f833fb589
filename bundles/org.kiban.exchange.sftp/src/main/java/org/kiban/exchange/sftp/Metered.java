package org.kiban.exchange.sftp;

import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_FAILURE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import org.kiban.platform.remote.Throttle;

/** A file that is read and written no faster, and grows no larger, than it may. */
final class Metered implements SeekableByteChannel {

  private final FileChannel file;
  private final Throttle throttle;
  private final long most;
  private boolean failed;

  /**
   * Around an open file.
   *
   * @param most bytes that it may have
   */
  Metered(FileChannel file, Throttle throttle, long most) {
    this.file = file;
    this.throttle = throttle;
    this.most = most;
  }

  FileChannel file() {
    return file;
  }

  /** Whether something of it could not be written: clients close such a file as any other. */
  boolean hasFailed() {
    return failed;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    slow(into.remaining());
    return file.read(into);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    boolean before = failed;
    failed = true;
    if (file.position() + from.remaining() > most) {
      throw new Refused(SSH_FX_FAILURE, "the file is larger than this server takes");
    }
    slow(from.remaining());
    int written = file.write(from);
    failed = before;
    return written;
  }

  private void slow(int bytes) throws IOException {
    for (int left = bytes; left > 0; left -= Throttle.SLICE) {
      throttle.take(Math.min(left, Throttle.SLICE));
    }
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long to) throws IOException {
    file.position(to);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    file.truncate(size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
