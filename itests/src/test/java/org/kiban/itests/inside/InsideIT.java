package org.kiban.itests.inside;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.kiban.core.Municipalities;
import org.kiban.core.NodePaths;
import org.kiban.core.Partners;
import org.kiban.core.Readiness;
import org.kiban.core.TrustedClock;
import org.kiban.core.keys.Keys;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.core.storage.Databases;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journals;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerSuite;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * What no operator can see from outside: how the bundles of a ready node that serves a municipality
 * are wired. Runs inside the distribution, once for all tests.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerSuite.class)
public class InsideIT {

  private static final String API = "org\\.kiban\\.(core|shell|platform\\..+|.+\\.api)";
  private static final int READY_SECONDS = 120;

  @Inject private BundleContext context;
  @Inject private Readiness readiness;
  @Inject private ServiceComponentRuntime components;
  @Inject private FeaturesService features;

  @Configuration
  public Option[] distribution() {
    return Inside.distribution();
  }

  @Before
  public void awaitReady() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int tries = 0; !serves() && tries < READY_SECONDS * 5; tries++) {
      assertFalse(never.await(200, TimeUnit.MILLISECONDS));
    }
    assertTrue(readiness.report().toString(), serves());
  }

  private boolean serves() {
    return readiness.report().state() == Readiness.State.READY
        && ours().anyMatch(bundle -> bundle.getSymbolicName().equals("org.kiban.exchange"));
  }

  @Test
  public void everyBundleIsActive() {
    List<String> others = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      boolean fragment =
          (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
      if (bundle.getState() != (fragment ? Bundle.RESOLVED : Bundle.ACTIVE)) {
        others.add(bundle + " " + bundle.getState());
      }
    }
    assertEquals(List.of(), others);
  }

  @Test
  public void everyComponentOfOursHasWhatItNeeds() {
    List<String> waiting = new ArrayList<>();
    int satisfied = 0;
    for (ComponentDescriptionDTO component :
        components.getComponentDescriptionDTOs(ours().toArray(Bundle[]::new))) {
      for (ComponentConfigurationDTO instance :
          components.getComponentConfigurationDTOs(component)) {
        if (instance.state == ComponentConfigurationDTO.ACTIVE
            || instance.state == ComponentConfigurationDTO.SATISFIED) {
          satisfied++;
        } else {
          waiting.add(component.name + " " + instance.state + " " + instance.failure);
        }
      }
    }
    assertEquals(List.of(), waiting);
    assertTrue("components: " + satisfied, satisfied > 10);
  }

  @Test
  public void theServicesThatCapabilitiesStandOnAreThere() {
    for (Class<?> service :
        List.of(
            Municipalities.class,
            NodePaths.class,
            Partners.class,
            Readiness.class,
            TrustedClock.class,
            Keys.class,
            TlsIdentity.class,
            Databases.class,
            DurableFiles.class,
            Journals.class)) {
      assertNotNull(service.getName(), context.getServiceReference(service));
    }
  }

  @Test
  public void nobodyIsWiredToAnImplementation() {
    List<String> wires = new ArrayList<>();
    ours()
        .filter(bundle -> !bundle.getSymbolicName().matches(API))
        .map(bundle -> bundle.adapt(BundleWiring.class))
        .forEach(
            wiring ->
                wiring
                    .getProvidedWires(PackageNamespace.PACKAGE_NAMESPACE)
                    .forEach(wire -> wires.add(wire.toString())));
    assertEquals(List.of(), wires);
  }

  @Test
  public void aFeatureComesAndGoesWithoutTouchingOthers() throws Exception {
    Queue<String> touched = new ConcurrentLinkedQueue<>();
    SynchronousBundleListener listener =
        event -> {
          if ((event.getType() & (BundleEvent.STOPPING | BundleEvent.UNRESOLVED)) != 0) {
            touched.add(event.getBundle().getSymbolicName());
          }
        };
    context.addBundleListener(listener);
    try {
      features.installFeature("kiban-platform-camel");
      assertTrue(ours().anyMatch(InsideIT::isCamel));
      assertEquals("when it came", List.of(), List.copyOf(touched));

      features.uninstallFeature("kiban-platform-camel");
      assertTrue(ours().noneMatch(InsideIT::isCamel));
      touched.removeIf("org.kiban.platform.camel"::equals);
      assertEquals("when it went", List.of(), List.copyOf(touched));
    } finally {
      context.removeBundleListener(listener);
    }
  }

  private static boolean isCamel(Bundle bundle) {
    return bundle.getSymbolicName().equals("org.kiban.platform.camel");
  }

  private Stream<Bundle> ours() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().startsWith("org.kiban."));
  }
}
