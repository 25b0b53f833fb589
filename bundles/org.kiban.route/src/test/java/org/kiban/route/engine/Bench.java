package org.kiban.route.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.impl.DefaultCamelContext;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.storage.DurableFiles;
import org.kiban.route.RouteFile;
import org.kiban.route.RouteMessage;
import org.kiban.route.api.RouteState;
import org.kiban.route.check.Finding;
import org.kiban.route.folder.RouteFolder;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** The routes of one municipality on a folder of the test's, with Camel as it is and no wall. */
final class Bench implements AutoCloseable {

  static final MunicipalityCode CODE = new MunicipalityCode("332020");
  private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");

  private static final String COPY =
      """
      - route:
          id: copy
          from:
            uri: file:%s/in?initialDelay=0&delay=20
            steps:
              - setBody:
                  simple: "${bodyAs(String)} %s"
              - to: file:%s/out
      """;

  private final Path root;
  private final DurableFiles files = new DurableFilesComponent();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final History history;
  final Engine engine;
  final Desk desk;
  final RouteFolder folder;

  /** Seconds that the clock is ahead. */
  volatile long ahead;

  Bench(Path root) {
    this(root, new Settings(Duration.ofMillis(20), Duration.ofSeconds(5), Duration.ZERO, 50, 2, 3));
  }

  Bench(Path root, Settings settings) {
    this.root = root;
    try {
      Files.createDirectories(etc());
      this.history =
          new History(
              new JournalsComponent(files).open(data().resolve("journal"), KEY), this::now, 3);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.folder = new RouteFolder(CODE, etc(), files);
    Site site =
        new Site(
            CODE,
            settings,
            Bench::context,
            Bench::check,
            history,
            new Versions(CODE, data(), files),
            new FailedExchanges(data().resolve("failed"), KEY, files, this::now),
            folder,
            this::now,
            threads,
            new Semaphore(2));
    this.engine = new Engine(site);
    this.desk = new Desk(engine);
  }

  private Instant now() {
    return Instant.now().plusSeconds(ahead);
  }

  private static DefaultCamelContext context(RouteFile file) {
    DefaultCamelContext context = new DefaultCamelContext(false);
    context.disableJMX();
    context.setAutoStartup(false);
    return context;
  }

  private static List<Finding> check(RouteFile file) {
    String[] lines = new String(file.content(), StandardCharsets.UTF_8).split("\n");
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].contains("FORBIDDEN")) {
        return List.of(
            new Finding(i + 1, RouteMessage.NOT_BUILT, file.fileName(), i + 1, "a forbidden word"));
      }
    }
    return List.of();
  }

  Path etc() {
    return root.resolve("etc");
  }

  Path data() {
    return root.resolve("data");
  }

  /** Puts a file down as an operator does. */
  void drop(String name, String content) {
    try {
      Files.writeString(etc().resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at the folder until something is so. */
  void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 20 s: " + desk.list());
      }
      engine.round();
      LockSupport.parkNanos(2_000_000);
    }
  }

  void await(String name, RouteState state) {
    await(() -> desk.list().stream().anyMatch(r -> r.name().equals(name) && r.state() == state));
  }

  /** A route that copies files and adds a word. */
  String copy(String word) {
    return COPY.formatted(root, word, root);
  }

  /** Puts a file down for the route. */
  void send(String text) throws IOException {
    Path in = Files.createDirectories(root.resolve("in"));
    Files.writeString(in.resolve(".part"), text);
    Files.move(in.resolve(".part"), in.resolve(text + ".txt"));
  }

  /** What the route wrote. */
  List<String> received() {
    try (Stream<Path> all = Files.list(root.resolve("out"))) {
      return all.map(Bench::read).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  /** Ends like a crash: nothing is noted. */
  @Override
  public void close() {
    engine.close();
    threads.shutdownNow();
    try {
      history.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
