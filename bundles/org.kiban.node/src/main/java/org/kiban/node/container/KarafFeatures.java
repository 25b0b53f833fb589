package org.kiban.node.container;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.FeaturesService.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Karaf's feature service, told not to refresh what runs. */
@Component
public final class KarafFeatures implements Features {

  private final BundleContext context;
  private final FeaturesService service;

  /** Uses the container's service. */
  @Activate
  public KarafFeatures(BundleContext context, @Reference FeaturesService service) {
    this.context = context;
    this.service = service;
  }

  @Override
  public boolean booted() {
    return context.getServiceReference(BootFinished.class) != null;
  }

  @Override
  public Set<String> available() {
    try {
      Set<String> names = new TreeSet<>();
      Arrays.stream(service.listFeatures()).forEach(f -> names.add(f.getName()));
      return names;
    } catch (Exception e) {
      throw new IllegalStateException("the container does not list its features", e);
    }
  }

  @Override
  public Set<String> required() {
    Set<String> names = new TreeSet<>();
    Map<String, Set<String>> requirements = service.listRequirements();
    for (String requirement : requirements.getOrDefault(FeaturesService.ROOT_REGION, Set.of())) {
      // "feature:kiban-exchange/[0.1.0,0.1.0]" or "feature:kiban-exchange"
      if (requirement.startsWith("feature:")) {
        names.add(requirement.substring("feature:".length()).split("/", 2)[0]);
      }
    }
    return names;
  }

  @Override
  public void install(Set<String> names) throws Exception {
    service.installFeatures(names, EnumSet.of(Option.NoAutoRefreshBundles));
  }

  @Override
  public void uninstall(String name) throws Exception {
    service.uninstallFeature(name);
  }

  @Override
  public void start(String name) throws Exception {
    for (Feature feature : service.getFeatures(name)) {
      for (BundleInfo info : feature.getBundles()) {
        Bundle bundle = context.getBundle(info.getLocation());
        if (bundle != null
            && (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0
            && (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT)
                == 0) {
          bundle.start();
        }
      }
    }
  }
}
