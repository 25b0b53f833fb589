package org.kiban.node.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.kiban.core.NodePaths;
import org.kiban.core.Readiness;
import org.kiban.core.storage.DurableFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the levels reached to {@code KIBAN_DATA/run/levels}, one a line, where {@code bin/kiban
 * start} watches them without asking the node.
 */
@Component(service = LevelsFile.class, immediate = true)
public final class LevelsFile {

  private static final int ROUND_MILLIS = 100;
  private static final int ROUNDS_WHEN_READY = 10;

  private final Logger log = LoggerFactory.getLogger(LevelsFile.class);
  private final Path file;
  private final Readiness readiness;
  private final DurableFiles files;
  private final ScheduledExecutorService timer;
  private String written = "";
  private int pauses;

  /** Starts watching. */
  @Activate
  public LevelsFile(
      @Reference NodePaths paths, @Reference Readiness readiness, @Reference DurableFiles files)
      throws IOException {
    this.file = Files.createDirectories(paths.data().resolve("run")).resolve("levels");
    this.readiness = readiness;
    this.files = files;
    this.timer = Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "kiban-node-3"));
    timer.scheduleWithFixedDelay(this::round, 0, ROUND_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Stops; the file goes with the process. */
  @Deactivate
  public void stop() throws IOException {
    timer.shutdownNow();
    Files.deleteIfExists(file);
  }

  /** Often while somebody may be waiting for a level, seldom once all are reached. */
  private void round() {
    if (pauses > 0) {
      pauses--;
    } else {
      write();
    }
  }

  private void write() {
    try {
      Readiness.Report report = readiness.report();
      pauses = report.ready() ? ROUNDS_WHEN_READY - 1 : 0;
      String levels =
          report.levels().stream()
              .filter(Readiness.Level::reached)
              .map(l -> l.name() + "\n")
              .collect(Collectors.joining());
      if (!levels.equals(written)) {
        files.write(file, out -> out.write(levels.getBytes(StandardCharsets.UTF_8)));
        written = levels;
      }
    } catch (IOException | RuntimeException e) {
      log.debug("writing the levels is tried again", e);
    }
  }
}
