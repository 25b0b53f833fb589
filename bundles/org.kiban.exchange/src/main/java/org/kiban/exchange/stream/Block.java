package org.kiban.exchange.stream;

/** Some bytes on their way, or the end of them. */
final class Block {

  static final int SIZE = 1 << 18;
  static final int MOST = 24;

  final byte[] bytes = new byte[SIZE];
  int length;
  boolean last;
  Throwable failure;

  static Relay<Block> relay() {
    return new Relay<>(MOST, Block::new);
  }
}
