package org.kiban.route.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.route.RouteFile;
import org.kiban.route.RouteMessage;
import org.kiban.route.api.FailedExchange;
import org.kiban.route.api.RouteProblem;
import org.kiban.route.api.RouteView;
import org.kiban.route.api.Routes;
import org.kiban.route.engine.Past.Version;

/** What operators and other bundles ask of the routes of one municipality. */
final class Desk implements Routes {

  private final Engine engine;
  private final Site site;

  Desk(Engine engine) {
    this.engine = engine;
    this.site = engine.site();
  }

  @Override
  public List<RouteView> list() {
    return engine.lines().stream().map(this::view).toList();
  }

  @Override
  public RouteView show(String name) {
    return view(engine.require(name));
  }

  @Override
  public List<RouteProblem> check(String fileName, byte[] content) {
    RouteFile file = site.folder().file(fileName, content);
    return Problems.of(file, site.checker().check(file));
  }

  @Override
  public List<RouteProblem> advise(String fileName, byte[] content) {
    RouteFile file = site.folder().file(fileName, content);
    return Problems.of(file, site.checker().advise(file));
  }

  @Override
  public RouteView deploy(String fileName, byte[] content, Progress progress) {
    RouteFile file = site.folder().file(fileName, content);
    List<RouteProblem> wrong = Problems.of(file, site.checker().check(file));
    if (!wrong.isEmpty()) {
      throw Problems.refused(file, wrong);
    }
    return change(
        file.name(),
        progress,
        () -> {
          while (!deploy(engine.open(file.name()), file)) {
            Thread.onSpinWait(); // the line was about to go: its file was removed just before
          }
          return null;
        });
  }

  private boolean deploy(Line line, RouteFile file) {
    synchronized (line) {
      if (line.retired()) {
        engine.forget(line);
        return false;
      }
      RouteFile before = site.folder().last().files().get(file.name());
      site.folder().put(file);
      Running running = line.running();
      boolean there = running != null && running.digest().equals(file.digest());
      if (!site.history().of(file.name()).stopped() && !there) {
        try {
          line.replace(file);
        } catch (KibanException e) {
          restore(line, file, before);
          throw e;
        }
      }
    }
    return true;
  }

  private void restore(Line line, RouteFile file, RouteFile before) {
    if (before != null) {
      site.folder().put(before);
    } else {
      site.folder().delete(file.name());
      line.settle();
      engine.forget(line);
    }
  }

  @Override
  public void remove(String name, Progress progress) {
    Line line = engine.require(name);
    change(
        name,
        progress,
        () -> {
          site.folder().delete(name);
          if (!line.settle()) {
            engine.forget(line);
          }
          return null;
        });
  }

  @Override
  public RouteView start(String name, Progress progress) {
    Line line = engine.require(name);
    return change(
        name,
        progress,
        () -> {
          line.start();
          if (line.running() == null && !line.board().problems().isEmpty()) {
            RouteProblem why = line.board().problems().get(0);
            throw new KibanException(
                Outcome.FAILED, RouteMessage.DOWN, site.code(), name, why.reason());
          }
          return null;
        });
  }

  @Override
  public RouteView stop(String name, Progress progress) {
    return halt(name, true, progress);
  }

  @Override
  public RouteView drain(String name, Progress progress) {
    return halt(name, false, progress);
  }

  private RouteView halt(String name, boolean unload, Progress progress) {
    Line line = engine.require(name);
    return change(
        name,
        progress,
        () -> {
          line.stop(unload);
          return null;
        });
  }

  @Override
  public RouteView swap(String name, String version, Progress progress) {
    Line line = engine.require(name);
    return change(
        name,
        progress,
        () -> {
          if (site.history().of(name).stopped()) {
            throw new KibanException(Outcome.REFUSED, RouteMessage.IS_STOPPED, name);
          }
          synchronized (line) {
            RouteFile file = version(name, version);
            line.replace(file);
            site.folder().put(file);
          }
          return null;
        });
  }

  private RouteFile version(String name, String wanted) throws IOException {
    Past past = site.history().of(name);
    RouteFile lies = site.folder().last().files().get(name);
    if (wanted.equals("current") && lies != null) {
      return lies;
    }
    Version found =
        switch (wanted) {
          case "current" -> past.current();
          case "previous" -> past.previous();
          default ->
              past.good().stream()
                  .filter(v -> wanted.length() >= 4 && v.digest().startsWith(wanted))
                  .findFirst()
                  .orElse(null);
        };
    if (found == null) {
      throw new KibanException(Outcome.USAGE, RouteMessage.NO_VERSION, name, wanted);
    }
    return site.versions().load(name, found);
  }

  @Override
  public List<FailedExchange> failed(String name) {
    engine.require(name);
    List<FailedExchange> found = new ArrayList<>();
    for (String id : site.failed().ids(name)) {
      try {
        found.add(site.failed().view(name, id));
      } catch (IOException e) {
        throw new KibanException(e, Outcome.FAILED, RouteMessage.NOT_READ, id, e.getMessage());
      }
    }
    return found;
  }

  @Override
  public int replay(String name, List<String> ids) {
    Running running = engine.require(name).running();
    if (running == null) {
      throw new KibanException(Outcome.REFUSED, RouteMessage.NOT_LOADED, name);
    }
    List<String> kept = site.failed().ids(name);
    for (String id : ids) {
      if (!kept.contains(id)) {
        throw new KibanException(Outcome.USAGE, RouteMessage.NO_SUCH_EXCHANGE, name, id);
      }
    }
    int sent = 0;
    int stay = 0;
    String why = "";
    for (String id : ids.isEmpty() ? kept : ids) {
      try {
        String failure = running.replay(site.failed().read(name, id));
        if (failure == null) {
          site.failed().forget(name, id);
          sent++;
        } else {
          stay++;
          why = failure;
        }
      } catch (IOException e) {
        stay++;
        why = e.getMessage();
      }
    }
    if (stay > 0) {
      throw new KibanException(
          sent > 0 ? Outcome.PARTIAL : Outcome.FAILED,
          RouteMessage.NOT_REPLAYED,
          name,
          sent,
          stay,
          why);
    }
    return sent;
  }

  private RouteView view(Line line) {
    String name = line.name();
    Running now = line.running();
    Past past = site.history().of(name);
    Version current = past.current();
    return new RouteView(
        name,
        now != null
            ? Problems.version(now.digest())
            : current == null ? "" : Problems.version(current.digest()),
        past.number(),
        line.board().state(),
        line.inFlight(),
        now == null ? 0 : now.meter().completed(),
        now == null ? 0 : now.meter().failed(),
        now == null ? 0 : now.meter().throughput(),
        site.failed().count(name),
        now == null ? "" : now.meter().lastError(),
        line.board().since(),
        past.pauseMilliseconds(),
        line.board().problems(),
        now == null ? List.of() : now.components(),
        now == null ? List.of() : now.routes());
  }

  /** Does work on a thread of the routes and tells its progress on this one. */
  private RouteView change(String name, Progress progress, Callable<Void> work) {
    Future<?> done = site.threads().submit(work);
    while (true) {
      try {
        done.get(1, TimeUnit.SECONDS);
        return engine.find(name).map(this::view).orElse(null);
      } catch (TimeoutException e) {
        engine.find(name).ifPresent(line -> progress.at(line.board().state(), line.inFlight()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return show(name);
      } catch (ExecutionException e) {
        throw failure(name, e.getCause());
      }
    }
  }

  private RuntimeException failure(String name, Throwable cause) {
    if (cause instanceof KibanException known) {
      return known;
    }
    String reason = String.valueOf(cause.getMessage());
    return cause instanceof IOException || cause instanceof java.io.UncheckedIOException
        ? new KibanException(cause, Outcome.FAILED, RouteMessage.NOT_READ, name, reason)
        : new IllegalStateException(cause);
  }
}
