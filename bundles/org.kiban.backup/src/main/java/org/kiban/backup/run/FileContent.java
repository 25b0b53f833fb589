package org.kiban.backup.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import org.kiban.backup.repository.BlobType;
import org.kiban.backup.repository.Id;
import org.kiban.backup.repository.Repository;
import org.kiban.backup.tree.Node;

/**
 * A file of a snapshot, read piece by piece; each piece is held to its hash. Used by one thread.
 */
public final class FileContent extends InputStream {

  private final Repository repository;
  private final Iterator<Id> rest;
  private final Progress progress;
  private byte[] piece = new byte[0];
  private int position;

  /**
   * Reads nothing yet.
   *
   * @param repository whose index is read
   * @param progress told of bytes
   */
  public FileContent(Repository repository, Node file, Progress progress) {
    this.repository = repository;
    this.rest = file.content().iterator();
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    return more() ? piece[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!more()) {
      return -1;
    }
    int count = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, into, offset, count);
    position += count;
    return count;
  }

  private boolean more() throws IOException {
    while (position == piece.length) {
      if (!rest.hasNext()) {
        return false;
      }
      piece = repository.load(BlobType.DATA, rest.next());
      position = 0;
      progress.bytes(piece.length);
    }
    return true;
  }
}
