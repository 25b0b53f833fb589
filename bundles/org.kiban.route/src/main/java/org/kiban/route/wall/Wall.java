package org.kiban.route.wall;

import org.apache.camel.impl.DefaultCamelContext;
import org.kiban.route.RouteFile;

/** Builds contexts that reach only what belongs to their municipality. Safe for any thread. */
public interface Wall {

  /**
   * A fresh context for a route file: nothing loaded, not started, {@code autoStartup} off, with a
   * registry, components and properties that know only what the municipality has.
   *
   * @throws org.kiban.core.KibanException if something that every context needs is missing
   */
  DefaultCamelContext build(RouteFile file);
}
