package org.kiban.logship.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.kiban.core.storage.Journal;
import org.kiban.logship.mask.Mask;
import org.kiban.logship.parse.Packer;
import org.kiban.logship.parse.Profile;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.source.FileSource;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** A sender that can be killed: whatever it had not written down is gone. */
final class Sender {

  final Shipper shipper;
  final Evidence evidence;
  final Watcher watcher;
  private final Journal journal;
  private final FileSource source;

  Sender(Path folder, String pattern, Destination destination, InstantSource clock)
      throws IOException {
    DurableFilesComponent files = new DurableFilesComponent();
    Path state = Files.createDirectories(folder.resolve("state"));
    this.journal =
        new JournalsComponent(files)
            .open(state.resolve("evidence"), new SecretKeySpec(new byte[32], "AES"));
    this.evidence = new Evidence(journal);
    this.source =
        new FileSource(
            "app",
            "node/332020",
            pattern,
            p -> true,
            Profile.PLAIN,
            false,
            Duration.ofSeconds(5),
            state.resolve("app.json"),
            files,
            clock);
    this.watcher = new Watcher(List.of(source));
    this.shipper =
        new Shipper(
            "far",
            destination,
            s -> new Packer(s.profile(), new Mask(List.of())),
            new Cursors(state.resolve("cursors.json"), files),
            evidence,
            clock);
  }

  /** Sends until nothing is left to be done at once. */
  void run() {
    watcher.look();
    while (shipper.turn(watcher.streams())) {
      // until it rests
    }
  }

  /** Ends it without a chance to write anything down. */
  void kill() throws IOException {
    shipper.lanes().forEach(Lane::close);
    journal.close();
  }

  void stop() throws IOException {
    shipper.close();
    source.close();
    journal.close();
  }
}
