package org.kiban.itests.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;

/**
 * Runs inside a container under test, as a bundle of its own: when the boot features are installed
 * it writes each bundle's state and name to a file, so that a feature can be looked at that has
 * neither shell nor network.
 */
public final class BundleStates implements BundleActivator, ServiceListener {

  private static final String BOOT_FINISHED =
      "(objectClass=org.apache.karaf.features.BootFinished)";

  private BundleContext context;

  @Override
  public void start(BundleContext started) throws Exception {
    context = started;
    context.addServiceListener(this, BOOT_FINISHED);
    if (context.getAllServiceReferences(null, BOOT_FINISHED) != null) {
      write();
    }
  }

  @Override
  public void stop(BundleContext stopped) {
    stopped.removeServiceListener(this);
  }

  @Override
  public void serviceChanged(ServiceEvent event) {
    if (event.getType() == ServiceEvent.REGISTERED) {
      write();
    }
  }

  /** Leaves itself out: the boot may end while this bundle is still starting. */
  private synchronized void write() {
    List<String> lines =
        Arrays.stream(context.getBundles())
            .filter(b -> b != context.getBundle())
            .map(b -> state(b) + " " + b.getSymbolicName() + " " + b.getVersion())
            .toList();
    try {
      Path file = Path.of(System.getProperty("kiban.data"), "bundles.txt");
      Path beside = Files.write(file.resolveSibling("bundles.new"), lines);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String state(Bundle bundle) {
    boolean fragment = bundle.getHeaders().get("Fragment-Host") != null;
    return switch (bundle.getState()) {
      case Bundle.ACTIVE -> "active";
      case Bundle.RESOLVED -> fragment ? "active" : "resolved";
      case Bundle.INSTALLED -> "installed";
      case Bundle.STARTING -> "starting";
      default -> "state-" + bundle.getState();
    };
  }
}
