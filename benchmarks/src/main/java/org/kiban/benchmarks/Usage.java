package org.kiban.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used, as Linux counts it.
 *
 * @param cpuSeconds of all its threads
 * @param megabytes resident now
 */
record Usage(double cpuSeconds, double megabytes) {

  private static final double TICKS = 100;
  private static final int USER_TIME = 11;
  private static final double PAGE_MB = 4096 / 1e6;

  /** A running process, now. */
  static Usage of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    String stat = Files.readString(process.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    double cpu =
        (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) / TICKS;
    String[] memory = Files.readString(process.resolve("statm")).split(" ");
    return new Usage(cpu, Long.parseLong(memory[1]) * PAGE_MB);
  }
}
