package org.kiban.route.wall;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.kiban.core.Environment;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.Partner;
import org.kiban.core.Partners;
import org.kiban.core.keys.Keys;
import org.kiban.core.keys.Secrets;
import org.kiban.core.storage.Databases;
import org.kiban.route.RouteFile;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.database.DatabasesComponent;

/**
 * A municipality's ground below a temporary directory, with a neighbour's beside it, and walled
 * contexts on it.
 */
final class Yard implements AutoCloseable, Wall, NodePaths, Partners, Keys {

  static final MunicipalityCode CODE = new MunicipalityCode("332020");
  static final MunicipalityCode NEIGHBOUR = new MunicipalityCode("372013");

  private final Path root;
  private final Map<String, Path> folders = new HashMap<>();
  private final Map<String, String> endpoints = new TreeMap<>();
  private final Map<String, String> secrets = new TreeMap<>();
  private final List<DefaultCamelContext> contexts = new ArrayList<>();
  private final TestIdentity identity;
  private final RouteDoor door;
  private ConnectionFactory broker;
  private Databases.Database database;

  Yard(Path root, TestIdentity identity) throws IOException {
    this.root = root;
    this.identity = identity;
    this.door =
        new RouteDoor(
            new Callers("none") {
              @Override
              boolean mayEnter(MunicipalityCode code, String authorization) {
                return ("Basic " + code).equals(authorization);
              }
            });
    folders.put(Folders.FILES, municipalityDirectory(CODE, "route").resolve("files"));
    Files.createDirectories(files());
    Files.createDirectories(beside());
    Files.createDirectories(municipalityDirectory(NEIGHBOUR, "route").resolve("files"));
  }

  Path files() {
    return folders.get(Folders.FILES);
  }

  Path neighboursFiles() {
    return municipalityDirectory(NEIGHBOUR, "route").resolve("files");
  }

  /** Where route files lie, with their style sheets. */
  Path beside() {
    return etc().resolve("routes").resolve(CODE.value());
  }

  RouteDoor door() {
    return door;
  }

  void mount(String name, Path path) {
    folders.put(name, path);
  }

  /** Declares where a partner is reached. */
  void partner(String use, String address) {
    endpoints.put(use, address);
  }

  void secret(String name, String value) {
    secrets.put(name, value);
  }

  void broker(ConnectionFactory factory) {
    this.broker = factory;
  }

  Grounds grounds() {
    return new Grounds(
        CODE,
        new Folders(CODE, folders),
        new Folders(CODE, Map.of(Folders.FILES, beside())),
        new Peers(CODE, this),
        new Kept(secrets));
  }

  @Override
  public DefaultCamelContext build(RouteFile file) {
    DefaultCamelContext context =
        new Contexts(grounds(), identity)
            .build(
                file.name(),
                new Connections(CODE, () -> broker),
                LazyDatabase.of(() -> database().dataSource()),
                new HttpEngine(CODE, door));
    context.getShutdownStrategy().setTimeout(2);
    contexts.add(context);
    return context;
  }

  synchronized Databases.Database database() {
    if (database == null) {
      database =
          new DatabasesComponent(this, this, new DurableFilesComponent())
              .openRestricted(CODE, "route");
    }
    return database;
  }

  static RouteFile yaml(String text) {
    return new RouteFile(CODE, "test", RouteFile.Format.YAML, text.getBytes(UTF_8));
  }

  static RouteFile xml(String text) {
    return new RouteFile(CODE, "test", RouteFile.Format.XML, text.getBytes(UTF_8));
  }

  /** Loads a route and resolves it; it takes nothing in yet. */
  DefaultCamelContext load(RouteFile file) throws Exception {
    DefaultCamelContext context = build(file);
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(ResourceHelper.fromBytes(file.fileName(), file.content()));
    context.start();
    return context;
  }

  /** Loads a route, resolves it, and starts it. */
  DefaultCamelContext run(RouteFile file) throws Exception {
    DefaultCamelContext context = load(file);
    context.getRouteController().startAllRoutes();
    return context;
  }

  /**
   * Runs a route that begins with {@code direct:in}, sends one message, and returns the exchange.
   */
  Exchange send(RouteFile file, Object body, Map<String, Object> headers) throws Exception {
    DefaultCamelContext context = run(file);
    try (var template = context.createProducerTemplate()) {
      return template.request(
          "direct:in",
          exchange -> {
            exchange.getIn().setBody(body);
            headers.forEach(exchange.getIn()::setHeader);
          });
    }
  }

  @Override
  public void close() {
    contexts.forEach(DefaultCamelContext::stop);
    if (database != null) {
      database.close();
    }
  }

  @Override
  public List<Partner> all(MunicipalityCode code) {
    return List.of(
        new Partner("031", "税", "", Environment.PRODUCTION, "", new TreeMap<>(endpoints)));
  }

  @Override
  public Optional<Partner> find(MunicipalityCode code, String id) {
    return all(code).stream().filter(p -> p.id().equals(id)).findFirst();
  }

  @Override
  public Partner require(MunicipalityCode code, String id) {
    return find(code, id)
        .orElseThrow(() -> new KibanException(Outcome.USAGE, WallMessage.NO_PARTNER, id, code));
  }

  @Override
  public SecretKey municipality(MunicipalityCode code, String purpose) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) code.value().charAt(0));
    return new SecretKeySpec(key, "AES");
  }

  @Override
  public SecretKey node(String purpose) {
    return municipality(CODE, purpose);
  }

  @Override
  public String nodeName() {
    return "test";
  }

  @Override
  public Path home() {
    return root.resolve("home");
  }

  @Override
  public Path etc() {
    return root.resolve("etc");
  }

  @Override
  public Path data() {
    return root.resolve("var");
  }

  @Override
  public Path nodeDirectory(String capability) {
    return made(data().resolve("node").resolve(capability));
  }

  @Override
  public Path municipalityDirectory(MunicipalityCode code, String capability) {
    return made(data().resolve(code.value()).resolve(capability));
  }

  private static Path made(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Secrets in memory. */
  private record Kept(Map<String, String> values) implements Secrets {
    @Override
    public Optional<String> find(MunicipalityCode code, String name) {
      return code.equals(CODE) ? Optional.ofNullable(values.get(name)) : Optional.empty();
    }

    @Override
    public List<String> names(MunicipalityCode code) {
      return List.copyOf(values.keySet());
    }

    @Override
    public void put(MunicipalityCode code, String name, String value) {
      values.put(name, value);
    }

    @Override
    public boolean remove(MunicipalityCode code, String name) {
      return values.remove(name) != null;
    }
  }
}
