package org.kiban.logship.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.SecretKey;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journal;
import org.kiban.core.storage.Journals;
import org.kiban.logship.Declaration;
import org.kiban.logship.Declared;
import org.kiban.logship.DestinationTypes;
import org.kiban.logship.local.LocalStore;
import org.kiban.logship.mask.Mask;
import org.kiban.logship.parse.Packer;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.source.Stream;

/**
 * Puts the parts of one municipality's log shipping together.
 *
 * @param key for what is kept encrypted
 * @param types the ways to send
 * @param pollMillis between two looks
 * @param settle how long a file must rest
 * @param keepEvidence how long the record of what was sent is kept; zero: for ever
 */
public record Assembly(
    MunicipalityCode code,
    Declared declared,
    NodePaths paths,
    DurableFiles files,
    Journals journals,
    SecretKey key,
    DestinationTypes types,
    int pollMillis,
    Duration settle,
    Duration keepEvidence) {

  /**
   * Opens everything and begins.
   *
   * @throws IOException if the state cannot be read or written
   * @throws org.kiban.core.KibanException if a declaration cannot be used
   */
  public LogAgent open() throws IOException {
    Path directory = paths.municipalityDirectory(code, "logship");
    InstantSource clock = InstantSource.system();
    List<Destination> opened = new ArrayList<>();
    Journal journal = journals.open(directory.resolve("evidence"), key);
    try {
      Evidence evidence = new Evidence(journal);
      Watcher watcher = new Watcher(new Sources(this, directory, clock, evidence).open());
      Function<Stream, Packer> packers = s -> new Packer(s.profile(), new Mask(declared.masks()));
      List<Line> lines = new ArrayList<>();
      for (Declaration d : declared.destinations()) {
        Path own = Files.createDirectories(directory.resolve("destinations").resolve(d.name()));
        Destination destination = types.open(code, d, Files.createDirectories(own.resolve("own")));
        opened.add(destination);
        Cursors cursors = new Cursors(own.resolve("cursors.json"), files);
        Shipper shipper = new Shipper(d.name(), destination, packers, cursors, evidence, clock);
        lines.add(new Line(code.value(), shipper, watcher, pollMillis));
      }
      Optional<LocalStore> local =
          opened.stream()
              .filter(LocalStore.class::isInstance)
              .map(LocalStore.class::cast)
              .findFirst();
      LogAgent agent =
          new LogAgent(
              code.value(), watcher, lines, local, journal, evidence, keepEvidence, pollMillis);
      agent.start();
      return agent;
    } catch (IOException | RuntimeException e) {
      opened.forEach(Destination::close);
      journal.close();
      throw e;
    }
  }
}
