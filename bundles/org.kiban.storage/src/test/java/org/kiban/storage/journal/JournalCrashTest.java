package org.kiban.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.storage.Journal;
import org.kiban.storage.DurableFilesComponent;

/** Kills a writing process at random moments; {@code -Dkiban.seed=<n>} replays a failure. */
class JournalCrashTest {

  private static final int KILLS = Integer.getInteger("kiban.kills", 6);

  @TempDir Path directory;

  @Test
  void givenAWriterKilledAnywhereWhenReopenedThenEveryAcknowledgedAppendIsThereWhole()
      throws Exception {
    long seed = Long.getLong("kiban.seed", System.nanoTime());
    Random random = new Random(seed);
    long acknowledged = 0;
    for (int round = 0; round < KILLS; round++) {
      int until = 1 + random.nextInt(400);
      acknowledged = Math.max(acknowledged, killAfter(until, seed + round));
      try (Journal journal =
          new JournalsComponent(new DurableFilesComponent(), Writer.LIMITS)
              .open(directory, JournalFiles.KEY)) {
        assertThat(journal.verify()).as("seed %d round %d", seed, round).isEmpty();
        assertThat(journal.last())
            .as("seed %d round %d", seed, round)
            .isGreaterThanOrEqualTo(acknowledged);
        assertThat(journal.last() % Writer.ENTRIES).as("whole appends only").isZero();
        List<String> texts = JournalFiles.texts(journal);
        for (int i = 0; i < texts.size(); i++) {
          assertThat(texts.get(i)).startsWith((i % Writer.ENTRIES) + " ");
        }
        acknowledged = journal.last();
      }
    }
    assertThat(acknowledged).isPositive();
  }

  /** The highest position that the writer was told to be durable. */
  private long killAfter(int lines, long seed) throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Writer.class.getName(),
                directory.toString(),
                Long.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long highest = 0;
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.US_ASCII))) {
      int left = lines;
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        if (line.startsWith("+") && line.endsWith(";")) { // the last may be cut by the kill
          highest = Math.max(highest, Long.parseLong(line.substring(1, line.length() - 1)));
        }
        if (--left == 0) {
          writer.toHandle().destroyForcibly(); // the process would close its output, too
        }
      }
      assertThat(left).as("the writer died by itself").isNotPositive();
    } finally {
      writer.destroyForcibly().waitFor();
    }
    return highest;
  }

  /** Appends from several threads until it is killed, and prints what was acknowledged. */
  static final class Writer {

    static final int ENTRIES = 3;
    static final Limits LIMITS = new Limits(64 << 10, 16 << 10, 1 << 20);

    private Writer() {}

    /**
     * @param args directory and seed
     */
    public static void main(String[] args) throws Exception {
      Journal journal =
          new JournalsComponent(new DurableFilesComponent(), LIMITS)
              .open(Path.of(args[0]), JournalFiles.KEY);
      for (int thread = 0; thread < 4; thread++) {
        Random random = new Random(Long.parseLong(args[1]) + thread);
        new Thread(() -> append(journal, random)).start();
      }
    }

    private static void append(Journal journal, Random random) {
      try {
        while (true) {
          String text = " " + "x".repeat(random.nextInt(2000));
          long last = journal.append(JournalFiles.payloads("0" + text, "1" + text, "2" + text));
          synchronized (System.out) {
            System.out.print("+" + last + ";\n");
            System.out.flush();
          }
        }
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
