package org.kiban.logship.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.crypto.SecretKey;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journal;
import org.kiban.core.storage.Journals;
import org.kiban.logship.Declaration;
import org.kiban.logship.Declared;
import org.kiban.logship.local.LocalStore;
import org.kiban.logship.mask.Mask;
import org.kiban.logship.parse.Packer;
import org.kiban.logship.parse.Profile;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.DestinationType;
import org.kiban.logship.source.FileSource;
import org.kiban.logship.source.Source;
import org.kiban.logship.source.Stream;

/**
 * Puts the parts of one municipality's log shipping together.
 *
 * @param key for what is kept encrypted
 * @param types the ways to send
 * @param pollMillis between two looks
 * @param settle how long a file must rest
 */
public record Assembly(
    MunicipalityCode code,
    Declared declared,
    NodePaths paths,
    DurableFiles files,
    Journals journals,
    SecretKey key,
    List<DestinationType> types,
    int pollMillis,
    Duration settle) {

  private static final String NODE_LOG = "node-log";
  private static final String FILES = "files";

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
      Watcher watcher = new Watcher(sources(directory, clock));
      Function<Stream, Packer> packers = s -> new Packer(s.profile(), new Mask(declared.masks()));
      List<Line> lines = new ArrayList<>();
      for (Declaration d : declared.destinations()) {
        Path own = Files.createDirectories(directory.resolve("destinations").resolve(d.name()));
        Destination destination =
            type(d).open(code, d, Files.createDirectories(own.resolve("own")));
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
          new LogAgent(code.value(), watcher, lines, local, journal, evidence, pollMillis);
      agent.start();
      return agent;
    } catch (IOException | RuntimeException e) {
      opened.forEach(Destination::close);
      journal.close();
      throw e;
    }
  }

  private DestinationType type(Declaration d) {
    String word = d.require("type");
    return types.stream()
        .filter(t -> t.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                d.bad(
                    "type",
                    String.join(
                        ", ", types.stream().map(DestinationType::name).sorted().toList())));
  }

  private List<Source> sources(Path directory, InstantSource clock) throws IOException {
    Path memory = Files.createDirectories(directory.resolve("sources"));
    List<Source> sources = new ArrayList<>();
    for (Declaration d : declared.sources()) {
      boolean own = d.find("type").filter(NODE_LOG::equals).isPresent();
      String pattern =
          own ? paths.data().resolve("log").resolve("karaf.log").toString() : pattern(d);
      sources.add(
          new FileSource(
              d.name(),
              paths.nodeName() + '/' + code,
              pattern,
              own ? path -> true : allowed(),
              Profile.of(d),
              settle,
              memory.resolve(d.name() + ".json"),
              files,
              clock));
    }
    return sources;
  }

  private static String pattern(Declaration d) {
    Set<String> known = new HashSet<>(Profile.KEYS);
    known.addAll(Set.of("type", FILES));
    d.only(known);
    if (d.find("type").filter(t -> !t.equals(FILES)).isPresent()) {
      throw d.bad("type", FILES + ", " + NODE_LOG);
    }
    String pattern = d.require(FILES);
    if (!pattern.startsWith("/") || pattern.endsWith("/") || pattern.contains("/../")) {
      throw d.bad(FILES, "/var/log/gyomu/*.log");
    }
    return pattern;
  }

  /** The program, its configuration and the state of other municipalities are nobody's logs. */
  private Predicate<Path> allowed() throws IOException {
    Path own = real(paths.data().resolve(code.value()));
    Path logship = own.resolve("logship");
    List<Path> closed = List.of(real(paths.data()), real(paths.etc()), real(paths.home()));
    return path ->
        path.startsWith(own)
            ? !path.startsWith(logship)
            : closed.stream().noneMatch(path::startsWith);
  }

  private static Path real(Path path) throws IOException {
    return Files.exists(path) ? path.toRealPath() : path;
  }
}
