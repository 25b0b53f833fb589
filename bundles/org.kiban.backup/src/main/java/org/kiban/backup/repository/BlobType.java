package org.kiban.backup.repository;

/** What a blob holds; its number in the header of a pack. */
public enum BlobType {
  /** A piece of a file. */
  DATA,
  /** A directory. */
  TREE;

  /** The word in an index. */
  public String word() {
    return this == DATA ? "data" : "tree";
  }
}
