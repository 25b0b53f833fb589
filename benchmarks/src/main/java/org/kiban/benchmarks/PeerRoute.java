package org.kiban.benchmarks;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A bare Camel route inside the node: {@code file:} to one or several {@code file:}, as their
 * headers in the bundle's manifest name them. The only class of a bundle that is made when needed.
 */
public final class PeerRoute implements BundleActivator {

  private CamelContext camel;

  /** For the container. */
  public PeerRoute() {}

  @Override
  public void start(BundleContext context) throws Exception {
    String from = context.getBundle().getHeaders().get("Peer-From");
    String[] to = context.getBundle().getHeaders().get("Peer-To").split(" ");
    String options =
        "true".equals(context.getBundle().getHeaders().get("Peer-Sync"))
            ? ""
            : "?forceWrites=false";
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Camel finds its parts through this loader.
    thread.setContextClassLoader(DefaultCamelContext.class.getClassLoader());
    try {
      camel = new DefaultCamelContext();
      camel.setApplicationContextClassLoader(DefaultCamelContext.class.getClassLoader());
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("file:" + from + "?delete=true&initialDelay=0")
                  .multicast()
                  .to(uris(options, to));
            }
          });
      camel.start();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static String[] uris(String options, String... directories) {
    String[] uris = new String[directories.length];
    for (int i = 0; i < uris.length; i++) {
      uris[i] = "file:" + directories[i] + options;
    }
    return uris;
  }

  @Override
  public void stop(BundleContext context) {
    camel.stop();
  }
}
