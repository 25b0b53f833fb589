package org.kiban.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A provider: drops numbered files, some binary and some CSV, of mixed sizes, as many as it is
 * allowed, with random pauses, whatever the node does meanwhile. Same seed, same files.
 */
final class Feeder implements AutoCloseable {

  /** Handed on as it is. */
  static final String BINARY = "031-binary";

  /** Converted from CP932 to UTF-8. */
  static final String CSV = "031-csv";

  private static final Charset CP932 = Charset.forName("windows-31j");
  private static final int SPREAD_MS = 2_000;
  private static final int LARGE_EVERY = 1_600;

  private final Linkage linkage;
  private final long seed;
  private final Semaphore allowed = new Semaphore(0);
  private final Map<String, String> expected = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "feeder");
  private volatile int share = 1;
  private volatile boolean over;

  Feeder(Linkage linkage, long seed) {
    this.linkage = linkage;
    this.seed = seed;
    thread.start();
  }

  /** Lets it drop so many more within about two seconds. */
  void allow(int files) {
    share = files;
    allowed.release(files);
  }

  /** SHA-256 of what every consumer must get, by name. */
  Map<String, String> expected() {
    return expected;
  }

  private void run() {
    Random pauses = new Random(seed);
    for (int number = 0; !over; number++) {
      allowed.acquireUninterruptibly();
      if (!over) {
        drop(number);
        Linkage.pause(pauses.nextInt(2 * SPREAD_MS / share + 1));
      }
    }
  }

  private void drop(int number) {
    Random random = new Random(seed * 1_000_003 + number);
    if (number % 2 == 0) {
      byte[] content = new byte[size(random, number)];
      random.nextBytes(content);
      String name = "b%06d.bin".formatted(number);
      expected.put(name, Linkage.sha256(content));
      drop(BINARY, name, content);
    } else {
      csv(random, number);
    }
  }

  private void csv(Random random, int number) {
    int size = size(random, number);
    StringBuilder in = new StringBuilder("番号,氏名\r\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("\"番号\",\"氏名\"\r\n".getBytes(StandardCharsets.UTF_8));
    for (int row = 0; in.length() < size / 2; row++) {
      String name = "髙橋①".repeat(1 + random.nextInt(5));
      in.append(number).append('-').append(row).append(',').append(name).append("\r\n");
      out.writeBytes(
          "\"%d-%d\",\"%s\"\r\n".formatted(number, row, name).getBytes(StandardCharsets.UTF_8));
    }
    String name = "c%06d.csv".formatted(number);
    expected.put(name, Linkage.sha256(out.toByteArray()));
    drop(CSV, name, in.toString().getBytes(CP932));
  }

  private void drop(String id, String name, byte[] content) {
    for (boolean there = false; !there && !over; ) {
      try {
        linkage.drop(id, name, content);
        there = true;
      } catch (IOException full) {
        Linkage.pause(100);
      }
    }
  }

  /** Mostly small, some around a frame of the store, a few that have a thread of their own. */
  private static int size(Random random, int number) {
    if (number % LARGE_EVERY == LARGE_EVERY / 16) {
      return (20 << 20) + random.nextInt(30 << 20);
    }
    int kind = random.nextInt(100);
    if (kind < 1) {
      return (1 << 20) - 8 + random.nextInt(1 << 19);
    }
    return kind < 25 ? 10_000 + random.nextInt(50_000) : 1 + random.nextInt(10_000);
  }

  @Override
  public void close() {
    over = true;
    allowed.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
