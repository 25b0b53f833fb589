package org.kiban.route.engine;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.kiban.route.RouteFile;
import org.kiban.route.RouteMessage;
import org.kiban.route.wall.Wall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One version of a route file as a Camel context, from built to ended. Safe for any thread. */
final class Running {

  private static final Logger LOG = LoggerFactory.getLogger(Running.class);
  private static final long END_SECONDS = 5;
  private static final Pattern PLACE = Pattern.compile("(?:[Ll]ine:? |@)([0-9]{1,6})\\b");

  private final RouteFile file;
  private final DefaultCamelContext context;
  private final Meter meter;
  private volatile boolean begun;
  private volatile long begunAt;

  private Running(RouteFile file, DefaultCamelContext context, Meter meter) {
    this.file = file;
    this.context = context;
    this.meter = meter;
  }

  /**
   * Builds a context and starts it so far that every endpoint is resolved; nothing is taken in.
   *
   * @throws Exception if anything in the file cannot be had; nothing is left then
   */
  static Running build(RouteFile file, Wall wall, Meter meter, Keeper keeper) throws Exception {
    return Camel.call(
        () -> {
          DefaultCamelContext context = wall.build(file);
          try {
            prepare(file, context, meter, keeper);
            PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromBytes(file.fileName(), file.content()));
            context.start();
            return new Running(file, context, meter);
          } catch (Exception | LinkageError e) {
            int line = line(context, e);
            context.stop();
            throw new NotBuilt(line, e);
          }
        });
  }

  /** A file that cannot be built, with the line if it can be told. */
  private static final class NotBuilt extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    NotBuilt(int line, Throwable cause) {
      super(cause);
      this.line = line;
    }
  }

  /** The line that {@link #build} failed at; 0 if it cannot be told. */
  static int line(Exception failure) {
    return failure instanceof NotBuilt e ? e.line : 0;
  }

  private static int line(DefaultCamelContext context, Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      RouteDefinition route =
          t instanceof FailedToCreateRouteException e
              ? context.getRouteDefinition(e.getRouteId())
              : null;
      Matcher place = PLACE.matcher(String.valueOf(t.getMessage()));
      if (route != null && route.getLineNumber() > 0) {
        return route.getLineNumber();
      } else if (place.find()) {
        return Integer.parseInt(place.group(1));
      }
    }
    return 0;
  }

  private static void prepare(
      RouteFile file, DefaultCamelContext context, Meter meter, Keeper keeper) {
    context.getCamelContextExtension().setName(file.code() + "." + file.name());
    context.setAutoStartup(false);
    context.setSourceLocationEnabled(true);
    context.setStartupSummaryLevel(StartupSummaryLevel.Off);
    context.setAllowUseOriginalMessage(true);
    context
        .getExecutorServiceManager()
        .setThreadNamePattern("kiban-route-#counter#-" + file.code() + "-" + file.name());
    context.getShutdownStrategy().setTimeout(END_SECONDS);
    context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
    context.addRoutePolicyFactory(meter);
    context.addComponent(Keeper.SCHEME, keeper);
    DeadLetterChannelBuilder handler = new DeadLetterChannelBuilder(Keeper.SCHEME + ":failed");
    handler.useOriginalMessage();
    // What cannot be kept stays where it came from instead of being lost.
    handler.deadLetterHandleNewException(false);
    handler.logExhausted(false);
    handler.logNewException(false);
    handler.logStackTrace(false);
    handler.logExhaustedMessageHistory(false);
    context.getCamelContextExtension().setErrorHandlerFactory(handler);
    Health.prepare(context);
  }

  RouteFile file() {
    return file;
  }

  String digest() {
    return file.digest();
  }

  Meter meter() {
    return meter;
  }

  /** Starts to take in. */
  void begin() throws Exception {
    try {
      Camel.run(context.getRouteController()::startAllRoutes);
    } catch (LinkageError e) {
      throw new NotBuilt(0, e);
    }
    begunAt = System.nanoTime();
    begun = true;
  }

  /** When it began, as {@link System#nanoTime}. */
  long begunAt() {
    return begunAt;
  }

  int inFlight() {
    return begun ? Drain.inFlight(context) : 0;
  }

  /**
   * Ends the intake and waits for what is in flight; the context stays loaded.
   *
   * @return how many exchanges did not finish
   */
  int drain(ExecutorService threads, long nanos) throws InterruptedException {
    int left = begun ? Drain.run(context, threads, nanos) : 0;
    begun = false;
    return left;
  }

  /** Ends it for good; what is still in flight is cut off after some seconds. */
  void end() {
    begun = false;
    try {
      Camel.run(context::stop);
    } catch (Exception e) {
      LOG.debug("{} did not end in order", file.name(), e);
    }
  }

  /** Why it does not run any more, or null if it does. */
  String dead() {
    if (context.getStatus() != ServiceStatus.Started) {
      return "context " + context.getStatus();
    }
    for (Route route : context.getRoutes()) {
      ServiceStatus status = context.getRouteController().getRouteStatus(route.getRouteId());
      if (begun && route.isAutoStartup() && status != ServiceStatus.Started) {
        return "route " + route.getRouteId() + ": " + status;
      }
    }
    return null;
  }

  /** Why it does not do what it should, or null if it does. */
  String unwell(Settings settings) {
    String dead = dead();
    if (dead != null) {
      return dead;
    }
    long failed = meter.failed();
    long all = failed + meter.completed();
    if (failed >= settings.failureLeast() && failed * 100 >= all * settings.failurePercent()) {
      return RouteMessage.EXCHANGE_FAILED.code()
          + ": "
          + failed
          + " / "
          + all
          + " failed: "
          + meter.lastError();
    }
    return null;
  }

  /** What Camel's health checks hold against it just now, or null; it may pass. */
  String ailing() {
    return Health.problem(context);
  }

  List<String> routes() {
    return context.getRoutes().stream().map(Route::getRouteId).sorted().toList();
  }

  List<String> components() {
    return context.getEndpoints().stream()
        .map(e -> e.getEndpointBaseUri())
        .map(uri -> uri.substring(0, Math.max(0, uri.indexOf(':'))))
        .filter(scheme -> !scheme.equals(Keeper.SCHEME))
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Sends a kept exchange through the route that it came in by.
   *
   * @return why it failed again, or null if it did not
   */
  String replay(FailedExchanges.Content content) {
    Route route = context.getRoute(content.route());
    if (route == null) {
      return "no route " + content.route();
    }
    try {
      return Camel.call(
          () -> {
            Exchange exchange = route.getEndpoint().createExchange();
            exchange.setProperty(Keeper.REPLAYED, true);
            exchange.getIn().setHeaders(new java.util.HashMap<>(content.headers()));
            exchange.getIn().setBody(body(content));
            route.getConsumer().getProcessor().process(exchange);
            return exchange.getException() == null ? null : Reasons.of(exchange.getException());
          });
    } catch (Exception e) {
      return Reasons.of(e);
    }
  }

  private static Object body(FailedExchanges.Content content) {
    return content.body() != null && content.text()
        ? new String(content.body(), java.nio.charset.StandardCharsets.UTF_8)
        : content.body();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s@%.12s", file.name(), digest());
  }
}
