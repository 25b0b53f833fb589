package org.kiban.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a task took, by what Linux counts.
 *
 * @param seconds from its beginning to its end
 * @param cpu seconds of processors, of the processes that it started and of one that serves it
 * @param mib the most memory that one of them had at a time, in MiB
 */
record Spent(double seconds, double cpu, double mib) {

  private static final double TICKS = 100;
  private static final int OWN = 11;
  private static final int CHILDREN = 13;

  /** Something to measure. */
  interface Task {
    void run() throws IOException;
  }

  /** Runs a task that starts processes or has another do its work. */
  static Spent of(OptionalLong server, Task task) throws IOException {
    if (server.isPresent()) {
      // Forgets the peak of before.
      Files.writeString(proc(server.getAsLong(), "clear_refs"), "5");
    }
    double before = cpu(server);
    AtomicLong peak = new AtomicLong();
    ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor();
    if (server.isEmpty()) {
      watcher.scheduleAtFixedRate(() -> watch(peak), 0, 20, TimeUnit.MILLISECONDS);
    }
    long start = System.nanoTime();
    task.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    watcher.shutdownNow();
    server.ifPresent(pid -> look(pid, peak));
    return new Spent(seconds, cpu(server) - before, peak.get() / 1024.0);
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

  private static void watch(AtomicLong peak) {
    ProcessHandle.current().children().forEach(child -> look(child.pid(), peak));
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
  }
}
