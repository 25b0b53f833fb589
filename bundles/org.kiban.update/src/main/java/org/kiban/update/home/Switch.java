package org.kiban.update.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.kiban.update.UpdateCode;

/**
 * The small files by which the node and {@code bin/kiban} agree on the version to run: {@code
 * trial} names one to be tried, {@code current} one that was kept, {@code failed} says why a trial
 * was not. One rename makes a trial the current one: before it the old version goes on, after it
 * the new.
 *
 * @param folder {@code KIBAN_DATA/node/update}
 * @param files writes them
 */
record Switch(Path folder, DurableFiles files) {

  /** The version that operators unpacked, by its place and not by its name. */
  static final String BASE = "base";

  /**
   * A change of the version.
   *
   * @param to the version to be run, or {@link #BASE}
   * @param from the one before it, or {@link #BASE}
   * @param base the build over which this holds
   * @param limit seconds that the trial may take
   * @param back whether it goes back to an earlier version
   */
  record Change(String to, String from, String base, int limit, boolean back) {}

  private Path trial() {
    return folder.resolve("trial");
  }

  private Path current() {
    return folder.resolve("current");
  }

  private Path failed() {
    return folder.resolve("failed");
  }

  /** What is on trial, from the moment that it is asked for until it is kept or gone. */
  Optional<Change> onTrial() {
    return read(trial());
  }

  /** What was kept last; empty if nothing ever was. */
  Optional<Change> kept() {
    return read(current());
  }

  /** Asks for a trial; {@code bin/kiban} begins it when this process ends with 10. */
  void begin(Change change) {
    String text =
        "to=%s\nfrom=%s\nbase=%s\nlimit=%d\nback=%s\n"
            .formatted(
                change.to(),
                change.from(),
                change.base(),
                change.limit(),
                change.back() ? "true" : "");
    change(
        () -> {
          files.delete(failed());
          files.write(trial(), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        });
  }

  /** Keeps what is on trial. */
  void keep() {
    change(() -> files.move(trial(), current()));
  }

  /** Says why what is on trial is not kept; {@code bin/kiban} ends it then. */
  void fail(String why) {
    change(() -> files.write(failed(), out -> out.write(why.getBytes(StandardCharsets.UTF_8))));
  }

  /** Why the last trial was not kept; empty if it was, or after {@link #forget}. */
  String why() {
    try {
      return Files.exists(failed())
          ? Files.readString(failed()).lines().findFirst().orElse("")
          : "";
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  /** Once the reason stands in the history. */
  void forget() {
    change(() -> files.delete(failed()));
  }

  private Optional<Change> read(Path file) {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      Map<String, String> values =
          Files.readAllLines(file).stream()
              .filter(line -> line.contains("="))
              .map(line -> line.split("=", 2))
              .collect(Collectors.toMap(p -> p[0], p -> p[1], (a, b) -> b, TreeMap::new));
      return Optional.of(
          new Change(
              values.getOrDefault("to", BASE),
              values.getOrDefault("from", BASE),
              values.getOrDefault("base", ""),
              Integer.parseInt(values.getOrDefault("limit", "0")),
              Boolean.parseBoolean(values.get("back"))));
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void change(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  private KibanException notWritten(IOException e) {
    return new KibanException(e, Outcome.FAILED, UpdateCode.NOT_WRITTEN, folder, e.toString());
  }
}
