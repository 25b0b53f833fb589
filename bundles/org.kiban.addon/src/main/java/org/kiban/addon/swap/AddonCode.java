package org.kiban.addon.swap;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Tells which threads belong to bundles: their class, what they run or their context class loader
 * is of one of them, or they are inside their code now.
 *
 * @param loaders of the bundles
 * @param classes names of their classes
 */
record AddonCode(Set<ClassLoader> loaders, Set<String> classes) {

  private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(2);

  static AddonCode of(Collection<Bundle> bundles) {
    Set<ClassLoader> loaders = new HashSet<>();
    Set<String> classes = new HashSet<>();
    for (Bundle bundle : bundles) {
      BundleWiring wiring = bundle.adapt(BundleWiring.class);
      if (wiring != null && wiring.getClassLoader() != null) {
        loaders.add(wiring.getClassLoader());
        wiring
            .listResources(
                "/",
                "*.class",
                BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL)
            .forEach(c -> classes.add(c.replace('/', '.').replaceFirst("\\.class$", "")));
      }
    }
    return new AddonCode(loaders, classes);
  }

  /** The threads that belong to the bundles now. */
  List<Thread> threads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(e -> e.getKey() != Thread.currentThread() && owns(e))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean owns(Map.Entry<Thread, StackTraceElement[]> entry) {
    Thread thread = entry.getKey();
    if (isOurs(thread.getClass().getClassLoader())
        || isOurs(thread.getContextClassLoader())
        || isOurs(targetLoader(thread))) {
      return true;
    }
    for (StackTraceElement frame : entry.getValue()) {
      if (classes.contains(frame.getClassName().split("\\$\\$", 2)[0])) {
        return true;
      }
    }
    return false;
  }

  /** Java's own classes have no class loader. */
  private boolean isOurs(ClassLoader loader) {
    return loader != null && loaders.contains(loader);
  }

  /** The class loader of what a thread was made to run; null where that is not to be had. */
  private static ClassLoader targetLoader(Thread thread) {
    try {
      Field target = Thread.class.getDeclaredField("target");
      target.setAccessible(true);
      Object runnable = target.get(thread);
      return runnable == null ? null : runnable.getClass().getClassLoader();
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** Waits a little for threads to leave; returns those that do not. */
  List<Thread> remaining() {
    long end = System.nanoTime() + LEAVE_NANOS;
    List<Thread> threads = threads();
    while (!threads.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      threads = threads();
    }
    return threads;
  }
}
