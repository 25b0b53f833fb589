package org.kiban.route.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.kiban.core.MunicipalityCode;
import org.kiban.route.RouteFile;
import org.kiban.route.check.FileChecker;
import org.kiban.route.check.Finding;
import org.kiban.route.wall.MunicipalWall;

/**
 * One route file on an integrator's desk: checked and walled in as on a node, with everything that
 * reaches out (files, servers, queues, timers) replaced by stubs. {@code direct}, {@code seda},
 * conversions and expressions are real; {@code sql} and {@code jdbc} work on a database in memory.
 * Nothing else is started. For one thread.
 */
public final class RouteDesk implements AutoCloseable {

  /** What stands at the other end of a stub. */
  @FunctionalInterface
  public interface Answer {
    /**
     * Answers a message.
     *
     * @return the body that the route goes on with
     * @throws Exception to let the step fail
     */
    Object to(Sent message) throws Exception;
  }

  /**
   * What a route answered to a message.
   *
   * @param text the body as a text, or null if it has none
   * @param headers Camel's own among them
   */
  public record Reply(String text, Map<String, Object> headers) {}

  private final Path scratch;
  private final Ground ground;
  private final MunicipalWall wall;
  private final Stubs stubs = new Stubs();
  private final DefaultCamelContext context;

  private RouteDesk(Path file, MunicipalityCode code, Path scratch, Ground ground) {
    this.scratch = scratch;
    this.ground = ground;
    RouteFile route = lay(file, code);
    this.wall = ground.wall();
    List<Finding> findings = new FileChecker(wall, ground).check(route);
    if (!findings.isEmpty()) {
      close(null);
      throw new AssertionError(
          findings.stream()
              .map(f -> f.text(Locale.getDefault()))
              .collect(Collectors.joining("\n")));
    }
    this.context = wall.build(route);
    start(route);
  }

  /**
   * Begins to prepare a desk.
   *
   * @param file {@code <name>.camel.yaml} or {@code <name>.camel.xml}; what lies beside it (style
   *     sheets, schemas) is there for the route
   */
  public static Preparation of(Path file) {
    return new Preparation(file);
  }

  /** What the route will find. For one thread. */
  public static final class Preparation {

    private final Path file;
    private final Path scratch;
    private final Ground ground;
    private String code = "332020";

    private Preparation(Path file) {
      this.file = file;
      try {
        this.scratch = Files.createTempDirectory("kiban-desk");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      this.ground = new Ground(scratch);
    }

    /** The municipality that the route belongs to; 332020 unless told. */
    public Preparation municipality(String municipality) {
      this.code = municipality;
      return this;
    }

    /** A secret, for <code>{{secret:name}}</code>. */
    public Preparation secret(String name, String value) {
      ground.secret(name, value);
      return this;
    }

    /** A partner's endpoint, such as {@code ("031", "sftp", "sftp://10.0.0.5:22")}. */
    public Preparation partner(String id, String use, String address) {
      ground.partner(id, use, address);
      return this;
    }

    /**
     * Checks the file and starts its routes on stubs.
     *
     * @throws AssertionError if the check refuses it, with every finding's line and reason
     */
    public RouteDesk open() {
      return new RouteDesk(file, new MunicipalityCode(code), scratch, ground);
    }
  }

  private RouteFile lay(Path file, MunicipalityCode code) {
    String name = file.getFileName().toString();
    try {
      Path folder = Files.createDirectories(RouteFile.folder(ground, code));
      try (Stream<Path> beside = Files.list(file.toAbsolutePath().getParent())) {
        for (Path each : beside.filter(Files::isRegularFile).toList()) {
          Files.copy(each, folder.resolve(each.getFileName()));
        }
      }
      return RouteFile.of(code, name, Files.readAllBytes(file))
          .orElseThrow(
              () ->
                  new AssertionError(
                      file + ": a route file is named <name>.camel.yaml or <name>.camel.xml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(RouteFile route) {
    Stubs.SCHEMES.forEach(scheme -> context.addComponent(scheme, new StubComponent(stubs)));
    try {
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(ResourceHelper.fromBytes(route.fileName(), route.content()));
      context.start();
      context.getRouteController().startAllRoutes();
    } catch (Exception e) {
      close();
      throw new AssertionError(route.fileName() + " does not start: " + e.getMessage(), e);
    }
  }

  /**
   * Gives the route a message, as if it came in from outside, and waits until the route has done
   * with it.
   *
   * @param intake how the endpoint begins, without options: {@code file:in}, {@code jms}, {@code
   *     timer}, {@code platform-http:/persons GET}
   * @param body of the message
   * @param headers names and values in turn
   * @return what the route ended with
   * @throws AssertionError if the route has no such intake, or several
   * @throws CamelExecutionException if the message failed
   */
  public Reply send(String intake, Object body, Object... headers) {
    Processor processor = stubs.intake(intake).getValue();
    Exchange exchange = new DefaultExchange((CamelContext) context);
    exchange.getIn().setBody(body);
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getIn().setHeader(String.valueOf(headers[i]), headers[i + 1]);
    }
    try {
      processor.process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    if (exchange.getException() != null) {
      throw new CamelExecutionException("the message failed", exchange, exchange.getException());
    }
    return new Reply(
        exchange.getMessage().getBody(String.class), Map.copyOf(set(exchange.getMessage())));
  }

  private static Map<String, Object> set(org.apache.camel.Message message) {
    return message.getHeaders().entrySet().stream()
        .filter(e -> e.getValue() != null)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * Lets a stub answer; it takes messages in silence otherwise.
   *
   * @param endpoint how it begins, without options
   */
  public void answer(String endpoint, Answer answer) {
    stubs.answer(endpoint, answer);
  }

  /**
   * Returns what the route sent out, in order.
   *
   * @param endpoint how it begins, without options: {@code sftp}, {@code jms:332020.tax}
   */
  public List<Sent> sent(String endpoint) {
    return stubs.sent(endpoint);
  }

  /** The database that {@code sql}, {@code jdbc} and idempotent steps use, empty at first. */
  public DataSource database() {
    return ground.database();
  }

  @Override
  public void close() {
    close(context);
  }

  private void close(DefaultCamelContext running) {
    if (running != null) {
      running.stop();
    }
    if (wall != null) {
      wall.deactivate();
    }
    ground.forget();
    try (Stream<Path> all = Files.walk(scratch)) {
      Path[] deepest = all.sorted(Comparator.reverseOrder()).toArray(Path[]::new);
      Arrays.stream(deepest).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
