package org.kiban.exchange.engine;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.kiban.core.Environment;
import org.kiban.core.Municipality;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Partner;
import org.kiban.core.Partners;
import org.kiban.core.Site;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.Databases;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.FileBatches;
import org.kiban.core.storage.Journals;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Transport;
import org.kiban.exchange.directory.DirectoryTransport;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.batch.FileBatchesComponent;
import org.kiban.storage.journal.JournalsComponent;

/**
 * A linkage on a workbench: the real engine, journal and directories, an H2 in memory. It can be
 * killed: after a number of operations on the world every further one fails, as after kill -9.
 */
final class Bench implements Closeable {

  static final MunicipalityCode CODE = new MunicipalityCode("332020");
  static final Municipality KURASHIKI =
      new Municipality(CODE, "倉敷市", Site.CHOSHA, Environment.PRODUCTION, new TreeSet<>());
  private static final Set<String> HARMLESS =
      Set.of(
          "close",
          "type",
          "showsUnfinished",
          "id",
          "name",
          "size",
          "unfit",
          "last",
          "head",
          "place",
          "distant",
          "isDurable",
          "release",
          "hashCode",
          "toString");

  final Path root;
  final DataSource database;
  private final Outbound farAway;
  private final AtomicLong clock =
      new AtomicLong(Instant.parse("2026-11-23T00:00:00Z").getEpochSecond());
  private String clamd = "";
  private long operationsLeft = Long.MAX_VALUE;
  private Worksite site;

  Bench(Path root) throws IOException {
    this(root, fake(Outbound.class, Map.of("distant", true, "confirmed", List.of())));
  }

  /** With a way out to another node. */
  Bench(Path root, Outbound farAway) throws IOException {
    this.root = root;
    this.farAway = farAway;
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    this.database = source;
    try (Connection c = source.getConnection();
        Statement s = c.createStatement()) {
      migrate(s);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** Makes the tables of the ledger's index. */
  private static void migrate(Statement s) throws IOException, SQLException {
    try (var in = Bench.class.getResourceAsStream("/db/exchange/V1__deliveries.sql")) {
      s.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  void declare(String id, String yaml) throws IOException {
    Path folder = Files.createDirectories(root.resolve("etc/exchange/332020"));
    Files.writeString(folder.resolve(id + ".yaml"), yaml);
  }

  /** Has arrivals looked at by a clamd, from the next opening on. */
  Bench scannedBy(String address) {
    clamd = address;
    return this;
  }

  Worksite open() throws IOException {
    return open(Long.MAX_VALUE);
  }

  /** Opens it to die after so many operations on the world. */
  Worksite open(long operations) throws IOException {
    operationsLeft = operations;
    site = new Worksite(KURASHIKI, config(clamd), node(), new Problems(CODE.value()));
    site.refresh();
    return site;
  }

  /** What a worksite on this bench stands on. */
  Worksite.Node node() throws IOException {
    Transports transports = new Transports();
    Clock hourLater = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    transports.add(
        mortal(
            Transport.class,
            new DirectoryTransport(
                new DurableFilesComponent(),
                mortal(FileBatches.class, new FileBatchesComponent(new DurableFilesComponent())),
                hourLater)));
    // Another node, from which nothing comes.
    transports.add(
        fake(
            Transport.class,
            Map.of(
                "type",
                "node",
                "showsUnfinished",
                false,
                "openInbound",
                fake(Inbound.class, Map.of("poll", List.of(), "holds", false)),
                "openOutbound",
                farAway)));
    return new Worksite.Node(
        paths(),
        mortal(DurableFiles.class, new DurableFilesComponent()),
        mortal(Journals.class, new JournalsComponent(new DurableFilesComponent())),
        fake(
            Databases.class,
            Map.of("open", fake(Databases.Database.class, Map.of("dataSource", database)))),
        fake(Keys.class, Map.of("municipality", new SecretKeySpec(new byte[32], "AES"))),
        () -> Instant.ofEpochSecond(clock.incrementAndGet()),
        transports,
        fake(
            Partners.class,
            Map.of(
                "require",
                new Partner("010", "x", "", Environment.PRODUCTION, "", new TreeMap<>()))));
  }

  /** Whether it was not killed. */
  synchronized boolean alive() {
    return operationsLeft > 0;
  }

  /** Lets time go by. */
  void pass(Duration time) {
    clock.addAndGet(time.toSeconds());
  }

  /** After so many more operations every further one fails. */
  synchronized void failAfter(long operations) {
    operationsLeft = operations;
  }

  /** From now on operations succeed again: it was a failure that passes, and no kill. */
  synchronized void mend() {
    operationsLeft = Long.MAX_VALUE;
  }

  /** Rounds until nothing is left to do. */
  void work() throws IOException {
    for (int i = 0; i < 200 && site.round(); i++) {
      clock.addAndGet(120);
    }
  }

  Path in(String line, String name, byte[] content) throws IOException {
    Path folder = Files.createDirectories(root.resolve("data/332020/exchange/in").resolve(line));
    return Files.write(folder.resolve(name), content);
  }

  /** What lies with a consumer: content by name. */
  Map<String, byte[]> out(String consumer, String line) throws IOException {
    Map<String, byte[]> seen = new TreeMap<>();
    Path folder = root.resolve("data/332020/exchange/out").resolve(consumer).resolve(line);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        seen.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
      return seen;
    } catch (NoSuchFileException e) {
      return seen;
    }
  }

  /** Counts each call that touches the world, also of what such a call returns. */
  private <T> T mortal(Class<T> type, Object real) {
    return type.cast(
        Proxy.newProxyInstance(
            Bench.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              if (method.getName().equals("equals")) {
                return proxy == args[0];
              }
              if (!HARMLESS.contains(method.getName())) {
                spend();
              }
              try {
                return wrapped(method.getReturnType(), method.invoke(real, args));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private synchronized void spend() throws IOException {
    if (operationsLeft-- <= 0) {
      throw new IOException("killed");
    }
  }

  private Object wrapped(Class<?> type, Object value) {
    if (value instanceof List<?> list && list.stream().anyMatch(Arrival.class::isInstance)) {
      return list.stream().map(a -> mortal(Arrival.class, a)).toList();
    }
    return type.isInterface() && type.getName().startsWith("org.kiban")
        ? mortal(type, value)
        : value;
  }

  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            Bench.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> answers.get(method.getName())));
  }

  private NodePaths paths() throws IOException {
    return fake(
        NodePaths.class,
        Map.of(
            "etc", root.resolve("etc"),
            "municipalityDirectory",
                Files.createDirectories(root.resolve("data/332020/exchange"))));
  }

  static ExchangeConfig config() {
    return config("");
  }

  private static ExchangeConfig config(String clamd) {
    return (ExchangeConfig)
        Proxy.newProxyInstance(
            Bench.class.getClassLoader(),
            new Class<?>[] {ExchangeConfig.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "code" -> CODE.value();
                  case "clamd" -> clamd;
                  default -> method.getDefaultValue();
                });
  }

  @Override
  public void close() {
    try {
      if (site != null) {
        site.close();
      }
    } catch (IOException e) {
      // A killed one cannot save anything more; what it held open is closed all the same.
      return;
    }
  }
}
