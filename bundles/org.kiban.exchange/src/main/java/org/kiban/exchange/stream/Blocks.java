package org.kiban.exchange.stream;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Blocks of bytes that go round between two threads: one fills them, the other uses them up. There
 * are never more than a few, so that the faster thread waits for the slower. Waiting goes on
 * through an interrupt, which stays set: a file channel in use would be closed by it.
 */
final class Blocks {

  static final int SIZE = 1 << 18;
  static final int MOST = 24;

  private final BlockingQueue<Block> full = new LinkedBlockingQueue<>();
  private final BlockingQueue<Block> free = new LinkedBlockingQueue<>();
  private int made;

  /** Some bytes, or the end of them. */
  static final class Block {
    final byte[] bytes = new byte[SIZE];
    int length;
    boolean last;
    Throwable failure;
  }

  /** An empty block, as soon as there is one; for the thread that fills. */
  Block empty() {
    Block block = free.poll();
    if (block == null) {
      block = made < MOST ? new Block() : take(free);
      made = Math.min(MOST, made + 1);
    }
    block.length = 0;
    return block;
  }

  /** Hands a block over. */
  void give(Block block) {
    full.add(block);
  }

  /** The next block that was handed over. */
  Block next() {
    return take(full);
  }

  /** Gives a block back to be filled again. */
  void back(Block block) {
    free.add(block);
  }

  private static Block take(BlockingQueue<Block> queue) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return queue.take();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for a thread's end, through interrupts. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A thread that does not keep the process alive. */
  static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
