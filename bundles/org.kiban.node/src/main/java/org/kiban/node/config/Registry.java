package org.kiban.node.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Municipality;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.kiban.node.NodeMessages;
import org.kiban.node.container.Features;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows what {@code etc/} asks for. It is filled before anybody can ask it. */
@Component(service = {Municipalities.class, Registry.class})
public final class Registry implements Municipalities {

  private final Logger log = LoggerFactory.getLogger(Registry.class);
  private final Features features;
  private final Catalog catalog = new Catalog();
  private final EtcScanner scanner;
  private final InForce inForce;
  private volatile Desired desired;

  /** Looks at {@code etc/} once. */
  @Activate
  public Registry(
      @Reference NodePaths paths, @Reference DurableFiles files, @Reference Features features)
      throws IOException {
    this.features = features;
    this.inForce = new InForce(paths.nodeDirectory("node").resolve("in-force"), files);
    this.scanner = new EtcScanner(paths.etc(), inForce.contents());
    scan();
  }

  /** Looks at {@code etc/} again. Called by the node's one thread. */
  public synchronized Desired scan() {
    SortedSet<String> carried = catalog.carried(features.available());
    DesiredReader reader = new DesiredReader(scanner.scan(), inForce.contents(), catalog, carried);
    Desired read = reader.read();
    SortedMap<String, KibanException> problems = new TreeMap<>(read.problems());
    problems.putAll(scanner.problems());
    try {
      inForce.replace(reader.accepted());
    } catch (IOException e) {
      problems.put(
          "in-force",
          new KibanException(
              e, Outcome.FAILED, NodeMessages.STATE_UNWRITABLE, e.getClass().getSimpleName()));
    }
    logNew(problems, desired == null ? Map.of() : desired.problems());
    desired =
        new Desired(
            read.municipalities(), read.singletons(), read.capabilityFiles(), problems, carried);
    return desired;
  }

  private void logNew(Map<String, KibanException> now, Map<String, KibanException> before) {
    now.forEach(
        (file, problem) -> {
          KibanException old = before.get(file);
          if (old == null || !old.getMessage().equals(problem.getMessage())) {
            log.warn("{}", problem.describe(Locale.getDefault()).replaceAll("\\s*\\R\\s*", " "));
          }
        });
  }

  /** Takes the next content of a file at once, since the node itself has written it. */
  public void trust(String file) {
    scanner.trust(file);
  }

  /** What {@code etc/} asks for, as of the last look. */
  public Desired desired() {
    return desired;
  }

  /**
   * Reads a municipality's file as it would be read, without putting it in force.
   *
   * @param file its name
   * @param text its content
   * @throws KibanException if it is wrong
   */
  public Declared check(String file, String text) {
    return MunicipalityFile.parse(
        file, text.getBytes(StandardCharsets.UTF_8), Set.of(file), known());
  }

  /** The capabilities that a municipality may list now. */
  public SortedSet<String> known() {
    return catalog.known(desired.carried());
  }

  /** The names of capabilities. */
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public List<Municipality> all() {
    return List.copyOf(desired.enabled());
  }

  @Override
  public Optional<Municipality> find(MunicipalityCode code) {
    return desired.declared(code).filter(Declared::enabled).map(Declared::municipality);
  }

  @Override
  public Municipality require(String code) {
    MunicipalityCode wanted = parse(code);
    return find(wanted)
        .orElseThrow(
            () ->
                desired().municipalities().containsKey(wanted)
                    ? new KibanException(Outcome.REFUSED, NodeMessages.SWITCHED_OFF, code)
                    : new KibanException(Outcome.USAGE, NodeMessages.NOT_SERVED, code));
  }

  /**
   * Reads a code as an operator typed it.
   *
   * @throws KibanException (usage) if it is not a valid code
   */
  public static MunicipalityCode parse(String code) {
    if (!MunicipalityCode.isValid(code)) {
      throw new KibanException(Outcome.USAGE, NodeMessages.NOT_A_CODE, code);
    }
    return new MunicipalityCode(code);
  }
}
