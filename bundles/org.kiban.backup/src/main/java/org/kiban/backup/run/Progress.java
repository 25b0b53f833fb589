package org.kiban.backup.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How far a long task is, and what it could not do. Safe for several threads. */
public final class Progress {

  private static final int KEPT = 100;

  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong unchanged = new AtomicLong();
  private final AtomicLong totalBytes = new AtomicLong();
  private final AtomicLong totalFiles = new AtomicLong();
  private final AtomicLong problemCount = new AtomicLong();
  private final List<String> problems = new ArrayList<>();

  /** A file is done. */
  public void file(long size, boolean changed) {
    files.incrementAndGet();
    bytes.addAndGet(size);
    if (!changed) {
      unchanged.incrementAndGet();
    }
  }

  /** Some bytes are done. */
  public void bytes(long count) {
    bytes.addAndGet(count);
  }

  /** There is more to do than was known. */
  public void expect(long moreFiles, long moreBytes) {
    totalFiles.addAndGet(moreFiles);
    totalBytes.addAndGet(moreBytes);
  }

  /** Something could not be done; the rest goes on. */
  public void problem(String what) {
    problemCount.incrementAndGet();
    synchronized (problems) {
      if (problems.size() < KEPT) {
        problems.add(what);
      }
    }
  }

  /** Files that are done. */
  public long files() {
    return files.get();
  }

  /** Bytes that are done. */
  public long bytes() {
    return bytes.get();
  }

  /** Files that were as in the parent. */
  public long unchanged() {
    return unchanged.get();
  }

  /** Files there are, as far as known; 0 if not. */
  public long totalFiles() {
    return totalFiles.get();
  }

  /** Bytes there are, as far as known; 0 if not. */
  public long totalBytes() {
    return totalBytes.get();
  }

  /** How much could not be done. */
  public long problemCount() {
    return problemCount.get();
  }

  /** The first hundred things that could not be done. */
  public List<String> problems() {
    synchronized (problems) {
      return List.copyOf(problems);
    }
  }
}
