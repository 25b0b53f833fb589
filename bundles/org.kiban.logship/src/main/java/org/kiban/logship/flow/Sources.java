package org.kiban.logship.flow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.kiban.logship.Declaration;
import org.kiban.logship.frame.FrameStore;
import org.kiban.logship.parse.Profile;
import org.kiban.logship.ship.SourceId;
import org.kiban.logship.source.FileSource;
import org.kiban.logship.source.JournalSource;
import org.kiban.logship.source.JournalSpool;
import org.kiban.logship.source.Source;

/**
 * Opens the sources that a municipality declares.
 *
 * @param assembly what they are part of
 * @param directory of log shipping
 * @param evidence takes what sources let go of before it was read
 */
record Sources(Assembly assembly, Path directory, InstantSource clock, Evidence evidence) {

  private static final String TYPE = "type";
  private static final String FILES = "files";
  private static final String NODE_LOG = "node-log";
  private static final String JOURNAL = "journal";
  private static final String FROM = "from";
  private static final int MIB = 1 << 20;
  private static final Path MACHINE_ID = Path.of("/etc/machine-id");
  private static final int VOLUMES = 32;

  List<Source> open() throws IOException {
    Path memory = Files.createDirectories(directory.resolve("sources"));
    List<Source> sources = new ArrayList<>();
    try {
      for (Declaration d : assembly.declared().sources()) {
        sources.add(open(d, memory));
      }
      return sources;
    } catch (IOException | RuntimeException e) {
      for (Source source : sources) {
        source.close();
      }
      throw e;
    }
  }

  private Source open(Declaration d, Path memory) throws IOException {
    return switch (d.find(TYPE).orElse(FILES)) {
      case FILES -> files(d, pattern(d), allowed(), memory);
      case NODE_LOG -> files(d, nodeLog(d), path -> true, memory);
      case JOURNAL -> journal(d, memory);
      default -> throw d.bad(TYPE, String.join(", ", FILES, NODE_LOG, JOURNAL));
    };
  }

  private Source files(Declaration d, String pattern, Predicate<Path> allowed, Path memory)
      throws IOException {
    return new FileSource(
        d.name(),
        assembly.paths().nodeName() + '/' + assembly.code(),
        pattern,
        allowed,
        Profile.of(d),
        isFromEnd(d),
        assembly.settle(),
        memory.resolve(d.name() + ".json"),
        assembly.files(),
        clock);
  }

  private String nodeLog(Declaration d) {
    d.only(known(TYPE, FROM));
    return assembly.paths().data().resolve("log").resolve("karaf.log").toString();
  }

  private static String pattern(Declaration d) {
    d.only(known(TYPE, FILES, FROM));
    String pattern = d.require(FILES);
    if (!pattern.startsWith("/") || pattern.endsWith("/") || pattern.contains("/../")) {
      throw d.bad(FILES, "/var/log/gyomu/*.log");
    }
    return pattern;
  }

  private static Set<String> known(String... more) {
    Set<String> known = new HashSet<>(Profile.KEYS);
    known.addAll(List.of(more));
    return known;
  }

  private static boolean isFromEnd(Declaration d) {
    String from = d.find(FROM).orElse("begin");
    if (!from.equals("begin") && !from.equals("end")) {
      throw d.bad(FROM, "begin, end");
    }
    return from.equals("end");
  }

  private Source journal(Declaration d, Path memory) throws IOException {
    d.only(Set.of(TYPE, FROM, "units", "directory", "spool-mib"));
    List<String> units = new ArrayList<>();
    d.find("units")
        .ifPresent(all -> List.of(all.split(",")).forEach(u -> units.add("--unit=" + u)));
    String place = d.find("directory").map(p -> "--directory=" + p).orElseGet(Sources::thisMachine);
    long most = (long) d.number("spool-mib", 256, 16, 100_000) * MIB;
    Path spool = Files.createDirectories(memory.resolve(d.name() + ".spool"));
    FrameStore store =
        new FrameStore(
            Files.createDirectories(spool.resolve("frames")),
            assembly.journals(),
            assembly.key(),
            new FrameStore.Room(most, most / VOLUMES));
    SourceId id = identity(spool.resolve("identity"));
    return new JournalSource(
        d.name(),
        id,
        place,
        units,
        isFromEnd(d),
        new JournalSpool(store, id.value()),
        (origin, from, to, why) -> evidence.lost(clock.instant(), origin, from, to, why),
        clock);
  }

  /** Without it, what other machines have sent here would be taken as well. */
  private static String thisMachine() {
    try {
      return "_MACHINE_ID=" + Files.readString(MACHINE_ID).strip();
    } catch (IOException e) {
      return "--system";
    }
  }

  /** Of a spool that was deleted and begun anew there is another one. */
  private SourceId identity(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] made =
          UUID.randomUUID().toString().replace("-", "").getBytes(StandardCharsets.US_ASCII);
      assembly.files().write(file, out -> out.write(made));
    }
    return new SourceId(Files.readString(file));
  }

  /** The program, its configuration and the state of other municipalities are nobody's logs. */
  private Predicate<Path> allowed() throws IOException {
    Path own = real(assembly.paths().data().resolve(assembly.code().value()));
    Path logship = own.resolve("logship");
    List<Path> closed =
        List.of(
            real(assembly.paths().data()),
            real(assembly.paths().etc()),
            real(assembly.paths().home()));
    return path ->
        path.startsWith(own)
            ? !path.startsWith(logship)
            : closed.stream().noneMatch(path::startsWith);
  }

  private static Path real(Path path) throws IOException {
    return Files.exists(path) ? path.toRealPath() : path;
  }
}
