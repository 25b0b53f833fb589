package org.kiban.route.engine;

import java.util.concurrent.Callable;
import org.apache.camel.impl.DefaultCamelContext;

/** Camel finds its parts through the context class loader of whoever calls it. */
final class Camel {

  /** Work that may fail in any way. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  private Camel() {}

  static <T> T call(Callable<T> work) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(DefaultCamelContext.class.getClassLoader());
    try {
      return work.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  static void run(Work work) throws Exception {
    call(
        () -> {
          work.run();
          return null;
        });
  }
}
