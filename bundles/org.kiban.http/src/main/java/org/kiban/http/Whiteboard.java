package org.kiban.http;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Calls servlets back that Pax Web lost. When its listener is configured in the moment in which a
 * servlet is registered, as at a first start, the whiteboard can drop that servlet for good: only a
 * whiteboard that starts anew collects them all again. Another configuration does not help.
 * Immediate, because a health check is made anew for each question and remembers nothing.
 */
@Component(service = Whiteboard.class, immediate = true)
public final class Whiteboard {

  private static final String EXTENDER = "org.ops4j.pax.web.pax-web-extender-whiteboard";

  // Servlets come a moment after the listener; only those that stay away are lost.
  private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final BundleContext context;
  private long shutSince;

  /** Called by the component runtime. */
  @Activate
  public Whiteboard(BundleContext context) {
    this.context = context;
  }

  /**
   * Takes what the health check saw.
   *
   * @param open whether a servlet answered
   * @param now nanoseconds from any start, never 0
   */
  synchronized void seen(boolean open, long now) throws BundleException {
    if (open) {
      shutSince = 0;
    } else if (shutSince == 0) {
      shutSince = now;
    } else if (now - shutSince > LOST_NANOS) {
      shutSince = 0;
      restart();
    }
  }

  private void restart() throws BundleException {
    Bundle extender =
        Arrays.stream(context.getBundles())
            .filter(bundle -> bundle.getSymbolicName().equals(EXTENDER))
            .findFirst()
            .orElseThrow();
    extender.stop(Bundle.STOP_TRANSIENT);
    extender.start(Bundle.START_TRANSIENT);
  }
}
