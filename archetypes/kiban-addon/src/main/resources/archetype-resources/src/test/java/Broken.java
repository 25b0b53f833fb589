package ${package};

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Goes into a version that the test makes, and fails when it starts. */
public final class Broken implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    throw new IllegalStateException("broken on purpose");
  }

  @Override
  public void stop(BundleContext context) {
    // It never started.
  }
}
