package org.kiban.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
<<<<<<< HEAD

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
=======
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a task took, by what Linux counts.
 *
 * @param seconds from its beginning to its end
 * @param cpu seconds of processors, of the processes that it started and of one that serves it
 * @param mib the most memory that one of them had at a time, in MiB
 */
record Usage(double seconds, double cpu, double mib) {

  private static final double TICKS = 100;
  private static final int OWN = 11;
  private static final int CHILDREN = 13;

  /** Something to measure. */
  interface Task {
    void run() throws IOException;
  }

  /** Runs a task that starts processes or has another do its work. */
  static Usage of(OptionalLong server, Task task) throws IOException {
    if (server.isPresent()) {
      // Forgets the peak of before.
      Files.writeString(proc(server.getAsLong(), "clear_refs"), "5");
    }
    double before = cpu(server);
    AtomicLong peak = new AtomicLong();
    Thread watcher = new Thread(() -> watch(server, peak));
    watcher.setDaemon(true);
    watcher.start();
    long start = System.nanoTime();
    task.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    watcher.interrupt();
    server.ifPresent(pid -> look(pid, peak));
    return new Usage(seconds, cpu(server) - before, peak.get() / 1024.0);
  }

  private static Path proc(long pid, String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }

  private static double cpu(OptionalLong server) throws IOException {
    double all = ticks(ProcessHandle.current().pid(), CHILDREN);
    return (server.isPresent() ? all + ticks(server.getAsLong(), OWN) : all) / TICKS;
  }

  private static long ticks(long pid, int from) throws IOException {
    String stat = Files.readString(proc(pid, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[from]) + Long.parseLong(fields[from + 1]);
  }

  private static void watch(OptionalLong server, AtomicLong peak) {
    try {
      while (true) {
        if (server.isEmpty()) {
          ProcessHandle.current().children().forEach(child -> look(child.pid(), peak));
        }
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      return;
    }
  }

  private static void look(long pid, AtomicLong peak) {
    try {
      for (String line : Files.readAllLines(proc(pid, "status"))) {
        if (line.startsWith("VmHWM:")) {
          long kib = Long.parseLong(line.replaceAll("\\D", ""));
          peak.accumulateAndGet(kib, Math::max);
        }
      }
    } catch (IOException ended) {
      return;
    }
>>>>>>> 7f9074d (Measure processors and memory of backups, compress at level 1 and ask no file twice for its end)
  }
}
