package org.kiban.backup.repository;

/**
 * Where a blob lies.
 *
 * @param pack the pack's number in the index
 * @param offset in the pack
 * @param length as stored
 * @param plain its length, or -1 if it is stored without compression
 */
public record Location(int pack, int offset, int length, int plain) {

  /** The length of the blob itself. */
  public int size() {
    return plain < 0 ? length - Envelope.OVERHEAD : plain;
  }
}
