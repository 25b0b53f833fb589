package org.kiban.backup.repository;

/**
 * A blob as the header of a pack and an index tell of it.
 *
 * @param plain its length, or -1 if it is stored without compression
 */
public record PackedBlob(BlobType type, Id id, int offset, int length, int plain) {

  /** What is stored of it in a header. */
  int headerSize() {
    return plain < 0 ? 37 : 41;
  }

  /** The length of the blob itself. */
  public int size() {
    return plain < 0 ? length - Envelope.OVERHEAD : plain;
  }
}
