package org.kiban.route.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.core.Continuity;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.TrustedClock;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journals;
import org.kiban.route.RouteFile;
import org.kiban.route.RouteMessage;
import org.kiban.route.api.RouteState;
import org.kiban.route.api.Routes;
import org.kiban.route.check.Checker;
import org.kiban.route.folder.RouteFolder;
import org.kiban.route.wall.Wall;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of one municipality, there while the municipality switches them on. */
@Component(
    service = MunicipalRoutes.class,
    immediate = true,
    configurationPid = "org.kiban.route",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RouteConfig.class, factory = true)
public final class MunicipalRoutes implements HealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(MunicipalRoutes.class);
  private static final long AGAIN_SECONDS = 5;
  private static final int BUILDERS = 2;

  private final MunicipalityCode code;
  private final Settings settings;
  private final BundleContext context;
  private final NodePaths paths;
  private final DurableFiles files;
  private final Journals journals;
  private final Keys keys;
  private final TrustedClock clock;
  private final Wall wall;
  private final Checker checker;
  private final ExecutorService threads;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final ServiceRegistration<HealthCheck> health;
  private final Thread thread;
  private volatile Engine engine;
  private volatile String problem = "";

  /** Begins at once; what fails to open is tried again. */
  @Activate
  public MunicipalRoutes(
      RouteConfig config,
      BundleContext context,
      @Reference NodePaths paths,
      @Reference DurableFiles files,
      @Reference Journals journals,
      @Reference Keys keys,
      @Reference TrustedClock clock,
      @Reference Wall wall,
      @Reference Checker checker) {
    this.code = new MunicipalityCode(config.code());
    this.settings = Settings.of(config);
    this.context = context;
    this.paths = paths;
    this.files = files;
    this.journals = journals;
    this.keys = keys;
    this.clock = clock;
    this.wall = wall;
    this.checker = checker;
    AtomicInteger count = new AtomicInteger();
    this.threads = Executors.newCachedThreadPool(work -> thread(work, count.incrementAndGet()));
    this.health =
        context.registerService(
            HealthCheck.class,
            this,
            new Hashtable<>(
                Map.of(HealthCheck.NAME, "route", HealthCheck.TAGS, new String[] {code.value()})));
    this.thread = thread(this::run, 0);
    thread.start();
  }

  private static Thread thread(Runnable work, int number) {
    Thread thread = new Thread(work, "kiban-route-" + number);
    thread.setContextClassLoader(DefaultCamelContext.class.getClassLoader());
    return thread;
  }

  private void run() {
    do {
      try (History history = history()) {
        problem = "";
        serve(history);
      } catch (IOException | KibanException e) {
        String reason = RouteMessage.NO_JOURNAL.text(Locale.ENGLISH, code, e.getMessage());
        if (!reason.equals(problem)) {
          LOG.error("{} {}", RouteMessage.NO_JOURNAL.code(), reason);
        }
        problem = reason;
      }
    } while (!stopped());
  }

  private boolean stopped() {
    try {
      return stop.await(AGAIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private Path directory() {
    return paths.municipalityDirectory(code, "route");
  }

  private History history() throws IOException {
    return new History(
        journals.open(directory().resolve("journal"), keys.municipality(code, "route-journal")),
        clock,
        settings.versions());
  }

  private void serve(History history) {
    Site site =
        new Site(
            code,
            settings,
            wall,
            checker,
            history,
            new Versions(code, directory(), files),
            new FailedExchanges(
                directory().resolve("failed"),
                keys.municipality(code, "route-failed"),
                files,
                clock),
            new RouteFolder(code, RouteFile.folder(paths, code), files),
            clock,
            threads,
            new Semaphore(BUILDERS));
    try (Engine opened = new Engine(site)) {
      engine = opened;
      Routes desk = new Desk(opened);
      ServiceRegistration<Routes> service =
          context.registerService(
              Routes.class, desk, new Hashtable<>(Map.of("municipality", code.value())));
      ServiceRegistration<Continuity> continuity =
          context.registerService(Continuity.class, new RouteContinuity(code, desk), null);
      try {
        opened.run(stop);
      } finally {
        unregister(continuity);
        unregister(service);
        engine = null;
      }
    }
  }

  private static void unregister(ServiceRegistration<?> service) {
    try {
      service.unregister();
    } catch (IllegalStateException e) {
      LOG.debug("the bundle stopped meanwhile", e);
    }
  }

  @Override
  public Result execute() {
    FormattingResultLog log = new FormattingResultLog();
    Engine now = engine;
    if (now == null || !now.looked()) {
      log.temporarilyUnavailable("{}", problem.isEmpty() ? "routes are starting" : problem);
      return new Result(log);
    }
    if (!now.problem().isEmpty()) {
      log.critical("{}", now.problem());
    }
    int running = 0;
    for (Line line : now.lines()) {
      Board board = line.board();
      boolean down = board.state() == RouteState.FAILED || board.state() == RouteState.REFUSED;
      running += board.state() == RouteState.RUNNING ? 1 : 0;
      board
          .problems()
          .forEach(
              p -> {
                if (down) {
                  log.critical("{} {}", p.code(), p.reason());
                } else {
                  log.warn("{} {}", p.code(), p.reason());
                }
              });
    }
    log.info("{} of {} route files run", running, now.lines().size());
    return new Result(log);
  }

  /** Drains and ends every route. */
  @Deactivate
  public void close() {
    unregister(health);
    stop.countDown();
    try {
      thread.join();
      threads.shutdown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
