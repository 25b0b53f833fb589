package org.kiban.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs one benchmark by its name. */
public final class Main {

  private Main() {}

  /**
   * Runs it and prints its table.
   *
   * @param args the name, then settings as {@code key=value}
   */
  public static void main(String[] args) throws Exception {
    Map<String, String> settings =
        Arrays.stream(args)
            .skip(1)
            .map(a -> a.split("=", 2))
            .collect(Collectors.toMap(a -> a[0], a -> a[1]));
    switch (args.length == 0 ? "" : args[0]) {
      case "files" -> new FilesBenchmark(new Settings(settings)).run();
      case "csv" -> new CsvBenchmark(new Settings(settings)).run();
      case "boot" -> new BootBenchmark(new Settings(settings)).run();
      case "swap" -> new SwapBenchmark(new Settings(settings)).run();
      case "backup" -> new BackupBenchmark(new Settings(settings)).run();
      case "backup-beside" -> new BesideBenchmark(new Settings(settings)).run();
      case "logs" -> new LogsBenchmark(new Settings(settings)).run();
      case "messaging" -> new MessagingBenchmark(new Settings(settings)).run();
      default -> {
        System.err.println(
            "usage: benchmarks/run files|csv|boot|messaging|swap|backup|backup-beside|logs [key=value ...]");
        System.exit(2);
      }
    }
  }
}
