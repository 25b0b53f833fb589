package org.kiban.node.state;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.features.FeaturesService;
import org.kiban.core.NodePaths;
import org.kiban.core.NodeState.Snapshot;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gathers facts from the container and the file system. */
@Component
public final class ContainerFacts implements Facts {

  private final BundleFacts bundles;
  private final FeatureFacts features;
  private final ConfigurationFacts configurations;
  private final FileFacts files;

  /** Uses the container's own view. */
  @Activate
  public ContainerFacts(
      BundleContext context,
      @Reference FeaturesService features,
      @Reference ConfigurationAdmin admin,
      @Reference NodePaths paths) {
    Hashes hashes = new Hashes();
    this.bundles = new BundleFacts(context, hashes);
    this.features = new FeatureFacts(features);
    this.configurations = new ConfigurationFacts(admin);
    this.files = new FileFacts(paths, hashes);
  }

  @Override
  public Snapshot gather() {
    return Snapshot.of(
        Stream.of(bundles.facts(), features.facts(), configurations.facts(), files.facts())
            .flatMap(f -> f)
            .toList());
  }

  @Override
  public Optional<String> name(Path file) {
    return files.name(file);
  }
}
