package org.kiban.addon.swap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.kiban.core.Digests;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The container that we run in. */
final class OsgiWorld implements World {

  private static final int COLLECTIONS = 8;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Logger log = LoggerFactory.getLogger(OsgiWorld.class);
  private final BundleContext context;
  private final Patience patience;
  private final Duration startLimit;
  private final Duration stopLimit;

  /** Class loaders of removed bundles, by location. */
  private final Map<String, WeakReference<ClassLoader>> removed = new LinkedHashMap<>();

  OsgiWorld(BundleContext context, Patience patience, Duration startLimit, Duration stopLimit) {
    // Locations and wiring are looked up where all bundles are visible.
    this.context = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
    this.patience = patience;
    this.startLimit = startLimit;
    this.stopLimit = stopLimit;
  }

  @Override
  public Set<String> locations() {
    return Arrays.stream(context.getBundles())
        .filter(b -> b.getLocation().startsWith(Piece.SCHEME))
        .sorted(Comparator.comparingLong(Bundle::getBundleId))
        .map(Bundle::getLocation)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Bundle require(String location) {
    Bundle bundle = context.getBundle(location);
    if (bundle == null) {
      throw new KibanException(Outcome.FAILED, SwapMessage.BUNDLE_GONE, location);
    }
    return bundle;
  }

  @Override
  public void install(Piece piece, Path jar) {
    try {
      byte[] content = Files.readAllBytes(jar);
      if (!Digests.sha256(content).equals(piece.sha256())) {
        throw new IOException(jar + " is not what was signed");
      }
      Bundle bundle = context.installBundle(piece.location(), new ByteArrayInputStream(content));
      bundle.adapt(BundleStartLevel.class).setStartLevel(piece.startLevel());
    } catch (IOException | BundleException e) {
      throw new KibanException(
          e, Outcome.FAILED, SwapMessage.NOT_INSTALLABLE, piece.shown(), reason(e));
    }
  }

  @Override
  public Optional<String> resolve(Collection<String> locations) {
    List<Bundle> bundles = locations.stream().map(this::require).toList();
    if (wiring().resolveBundles(bundles)) {
      return Optional.empty();
    }
    for (Bundle bundle : bundles) {
      if (bundle.getState() == Bundle.INSTALLED) {
        return Optional.of(whyUnresolved(bundle));
      }
    }
    return Optional.of("?");
  }

  /** The container says why only to who tries to start; a bundle that cannot resolve does not. */
  private static String whyUnresolved(Bundle bundle) {
    try {
      bundle.start(Bundle.START_TRANSIENT);
      return bundle.getSymbolicName() + ": ?";
    } catch (BundleException e) {
      return bundle.getSymbolicName() + ": " + reason(e);
    }
  }

  @Override
  public boolean isRunning(String location) {
    Bundle bundle = context.getBundle(location);
    return bundle != null && (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0;
  }

  @Override
  public void start(String location) {
    Bundle bundle = require(location);
    try {
      // Transient: after a crash the container starts none of them before they have been checked.
      patience.within(
          startLimit,
          () -> {
            awaitLevel(bundle);
            bundle.start(Bundle.START_TRANSIENT);
            return null;
          });
    } catch (Patience.Overdue e) {
      boolean ended = Patience.end(List.of(e.thread())).isEmpty();
      throw new KibanException(
          Outcome.FAILED,
          ended ? SwapMessage.START_HANGS : SwapMessage.START_NEVER_ENDS,
          bundle.getSymbolicName(),
          Long.toString(startLimit.toSeconds()),
          e.thread().getName());
    } catch (Exception e) {
      throw new KibanException(
          e, Outcome.FAILED, SwapMessage.START_FAILS, bundle.getSymbolicName(), reason(e));
    }
  }

  /** While the node starts, the container may be below the level at which add-ons run. */
  private void awaitLevel(Bundle bundle) throws InterruptedException {
    FrameworkStartLevel now = context.getBundle().adapt(FrameworkStartLevel.class);
    int needed = bundle.adapt(BundleStartLevel.class).getStartLevel();
    while (now.getStartLevel() < needed) {
      LockSupport.parkNanos(LOOK_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  @Override
  public List<String> remove(List<String> locations) {
    List<Bundle> bundles = locations.stream().map(this::require).toList();
    AddonCode code = AddonCode.of(bundles);
    bundles.forEach(b -> remember(b));
    bundles.forEach(b -> patiently(b, "stop", () -> b.stop(Bundle.STOP_TRANSIENT), code));
    List<String> left = end(code.remaining());
    bundles.forEach(b -> patiently(b, "uninstall", b::uninstall, code));
    refresh();
    return left;
  }

  private void remember(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    if (wiring != null && wiring.getClassLoader() != null) {
      removed.put(bundle.getLocation(), new WeakReference<>(wiring.getClassLoader()));
    }
  }

  /** Something that the container does with a bundle. */
  @FunctionalInterface
  private interface Work {
    void run() throws BundleException;
  }

  private void patiently(Bundle bundle, String what, Work work, AddonCode code) {
    try {
      patience.within(
          stopLimit,
          () -> {
            work.run();
            return null;
          });
    } catch (Patience.Overdue e) {
      // Whoever holds it up is inside its code.
      List<Thread> holders = new ArrayList<>(code.threads());
      holders.add(e.thread());
      List<Thread> left = Patience.end(holders);
      log.warn("{} of {} took too long and was cut off; still alive: {}", what, bundle, left);
    } catch (Exception e) {
      log.warn("{} of {}: {}", what, bundle, reason(e));
    }
  }

  private static List<String> end(List<Thread> threads) {
    List<Thread> alive = Patience.end(threads);
    return threads.stream()
        .map(t -> alive.contains(t) ? t.getName() + " (still alive)" : t.getName())
        .toList();
  }

  private void refresh() {
    List<Bundle> pending =
        wiring().getRemovalPendingBundles().stream()
            .filter(b -> b.getLocation().startsWith(Piece.SCHEME))
            .toList();
    if (!pending.isEmpty()) {
      CountDownLatch done = new CountDownLatch(1);
      wiring()
          .refreshBundles(
              pending,
              event -> {
                if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                  done.countDown();
                }
              });
      try {
        if (!done.await(2 * stopLimit.toSeconds(), TimeUnit.SECONDS)) {
          log.warn("the container takes long to forget {}", pending);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void watchLoaders() {
    removed.clear();
  }

  @Override
  public List<String> unforgotten() {
    for (int i = 0; i < COLLECTIONS && !removed.isEmpty(); i++) {
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50L * (i + 1)));
      removed.values().removeIf(r -> r.get() == null);
    }
    return List.copyOf(removed.keySet());
  }

  @Override
  public Set<String> dependents(Collection<String> locations) {
    List<Bundle> bundles =
        locations.stream().map(context::getBundle).filter(b -> b != null).toList();
    Set<String> names = new TreeSet<>();
    for (Bundle bundle : wiring().getDependencyClosure(bundles)) {
      if (!locations.contains(bundle.getLocation())) {
        names.add(bundle.getSymbolicName());
      }
    }
    return names;
  }

  @Override
  public Optional<String> holder(Piece piece) {
    return Arrays.stream(context.getBundles())
        .filter(b -> piece.shown().equals(b.getSymbolicName() + "/" + b.getVersion()))
        .map(Bundle::getLocation)
        .filter(l -> !l.equals(piece.location()))
        .findFirst();
  }

  private FrameworkWiring wiring() {
    return context.getBundle().adapt(FrameworkWiring.class);
  }

  /** What an operator can use of an exception: the innermost cause, on one line. */
  static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null
        && (cause instanceof BundleException || cause instanceof ExecutionException)) {
      cause = cause.getCause();
    }
    String text = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ").strip();
    String name = cause instanceof BundleException ? "" : cause.getClass().getSimpleName() + " ";
    return (name + (text.length() > 300 ? text.substring(0, 300) + "…" : text)).strip();
  }
}
