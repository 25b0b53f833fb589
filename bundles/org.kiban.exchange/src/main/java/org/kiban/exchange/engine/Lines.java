package org.kiban.exchange.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.KibanException;
import org.kiban.core.Municipality;
import org.kiban.core.Partners;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Transport;
import org.kiban.exchange.declaration.Consumer;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.Receive;
import org.kiban.exchange.format.FileConverter;

/**
 * Keeps the interfaces in force open: those whose partners are registered and whose transports are
 * there. What arrives for a name that nobody declared has a way in too, so that it can be refused.
 * Used by one thread; {@link #open()} by any.
 */
final class Lines implements Closeable {

  private final Municipality municipality;
  private final Places places;
  private final Declarations declarations;
  private final Transports transports;
  private final Partners partners;
  private final Problems problems;
  private final Map<String, Inbound> strays = new ConcurrentHashMap<>();
  private volatile Map<String, Line> open = Map.of();

  Lines(
      Municipality municipality,
      Places places,
      Declarations declarations,
      Transports transports,
      Partners partners,
      Problems problems) {
    this.municipality = municipality;
    this.places = places;
    this.declarations = declarations;
    this.transports = transports;
    this.partners = partners;
    this.problems = problems;
  }

  /** The interfaces in force, by id. */
  Map<String, Line> open() {
    return open;
  }

  /** Ways in that belong to no declaration, by the name of their directory. */
  Map<String, Inbound> strays() {
    return strays;
  }

  /** Opens what came, closes what went, and replaces what changed. */
  void refresh() throws IOException {
    Map<String, Line> next = new TreeMap<>();
    declarations
        .refused()
        .forEach(
            (id, reasons) ->
                problems.note(
                    "interface:" + id,
                    LinkageMessage.DECLARATION_REFUSED,
                    id,
                    reasons.get(0).reason()));
    for (Declarations.Loaded loaded : declarations.inForce().values()) {
      String id = loaded.declaration().id();
      Line now = open.get(id);
      Line line = now != null && now.digest().equals(loaded.digest()) ? now : opened(loaded);
      if (line != null) {
        next.put(id, line);
        if (!declarations.refused().containsKey(id)) {
          problems.clear("interface:" + id);
        }
      }
    }
    for (Line line : open.values()) {
      if (next.get(line.id()) != line) {
        line.close();
      }
    }
    open = next;
    refreshStrays();
  }

  private Line opened(Declarations.Loaded loaded) {
    Declaration d = loaded.declaration();
    String what = "interface:" + d.id();
    Inbound inbound = null;
    Map<String, Outbound> outbounds = new LinkedHashMap<>();
    try {
      // There from the start, so that a provider need not wait for a partner to be registered.
      Files.createDirectories(places.in(d.id()));
      partners.require(municipality.code(), d.provider());
      for (Consumer c : d.consumers()) {
        partners.require(municipality.code(), c.system());
      }
      Transport by = transport(d, d.receive().transport());
      Map<String, String> options = options(by, d.receive());
      Endpoint in =
          new Endpoint(municipality.code(), d.id(), d.provider(), places.in(d.id()), options);
      inbound = by.openInbound(in);
      for (Consumer c : d.consumers()) {
        outbounds.put(c.system(), openOut(d, c));
      }
      return new Line(d, loaded.digest(), new FileConverter(d), inbound, outbounds);
    } catch (KibanException e) {
      problems.note(what, e);
    } catch (IllegalArgumentException e) {
      problems.note(what, LinkageMessage.DECLARATION_REFUSED, d.id(), e.getMessage());
    } catch (IOException e) {
      problems.note(what, LinkageMessage.INBOUND_FAILED, d.id(), Problems.reason(e));
    }
    closeQuietly(inbound);
    outbounds.values().forEach(Lines::closeQuietly);
    return null;
  }

  /** Opens the way out to a consumer as a declaration has it. Safe for any thread. */
  Outbound openOut(Declaration d, Consumer c) throws IOException {
    Endpoint out =
        new Endpoint(
            municipality.code(), d.id(), c.system(), places.out(c.system(), d.id()), c.options());
    return transport(d, c.transport()).openOutbound(out);
  }

  private Transport transport(Declaration d, String type) throws IOException {
    Optional<Transport> found = transports.find(type);
    return found.orElseThrow(
        () -> new IOException("transport " + type + " is not there (interface " + d.id() + ")"));
  }

  private static Map<String, String> options(Transport by, Receive r) {
    Map<String, String> options = new HashMap<>(r.options());
    if (by.showsUnfinished()) {
      options.put("stable-seconds", Integer.toString(r.ready().stableSeconds()));
      r.ready().temporarySuffix().ifPresent(s -> options.put("suffix", s));
      r.ready().marker().ifPresent(m -> options.put("marker", m));
      options.put("manifest", r.manifest().name().toLowerCase(java.util.Locale.ROOT));
    }
    return options;
  }

  /** Directories beside those of declared interfaces. */
  private void refreshStrays() throws IOException {
    Set<String> there = new HashSet<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(places.in())) {
      for (Path path : paths) {
        String name = path.getFileName().toString();
        if (!declarations.inForce().containsKey(name)
            && !declarations.refused().containsKey(name)
            && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          there.add(name);
          if (!strays.containsKey(name) && transports.find("directory").isPresent()) {
            strays.put(
                name,
                transports
                    .find("directory")
                    .get()
                    .openInbound(new Endpoint(municipality.code(), name, "", path, Map.of())));
          }
        }
      }
    }
    for (String name : Set.copyOf(strays.keySet())) {
      if (!there.contains(name)) {
        strays.remove(name).close();
      }
    }
  }

  private static void closeQuietly(java.io.Closeable end) {
    try {
      if (end != null) {
        end.close();
      }
    } catch (IOException e) {
      org.slf4j.LoggerFactory.getLogger(Lines.class).debug("closing", e);
    }
  }

  @Override
  public void close() throws IOException {
    for (Line line : open.values()) {
      line.close();
    }
    for (Inbound stray : strays.values()) {
      stray.close();
    }
    open = Map.of();
  }
}
