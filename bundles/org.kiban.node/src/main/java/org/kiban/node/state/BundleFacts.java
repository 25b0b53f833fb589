package org.kiban.node.state;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.kiban.core.NodeState.Fact;
import org.kiban.core.NodeState.Kind;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Facts on the container's bundles. Numbers of bundles are no facts: they change with a cache. */
final class BundleFacts {

  private final BundleContext context;
  private final Hashes hashes;

  BundleFacts(BundleContext context, Hashes hashes) {
    this.context = context;
    this.hashes = hashes;
  }

  Stream<Fact> facts() {
    Map<String, String> values = new TreeMap<>();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getBundleId() != 0) {
        String name = bundle.getSymbolicName() + "/" + bundle.getVersion();
        values.merge(
            name, value(bundle), (a, b) -> a.compareTo(b) <= 0 ? a + "; " + b : b + "; " + a);
      }
    }
    return values.entrySet().stream()
        .map(e -> new Fact(Kind.BUNDLE, e.getKey(), e.getValue(), false));
  }

  private String value(Bundle bundle) {
    return "%s level=%d sha256=%s"
        .formatted(
            state(bundle),
            bundle.adapt(BundleStartLevel.class).getStartLevel(),
            content(bundle).map(hashes::of).orElse("?"));
  }

  /** Two words only: the container resolves what is not started whenever somebody looks into it. */
  private static String state(Bundle bundle) {
    // STARTING is where a bundle with lazy activation stays until somebody needs a class.
    return (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0 ? "running" : "stopped";
  }

  /** The jar as it lies in the container's cache; empty where the container keeps it otherwise. */
  private Optional<Path> content(Bundle bundle) {
    File own = context.getDataFile("");
    if (own == null) {
      return Optional.empty();
    }
    Path cache = own.toPath().toAbsolutePath().normalize().getParent().getParent();
    try (Stream<Path> revisions = Files.list(cache.resolve("bundle" + bundle.getBundleId()))) {
      return revisions
          .map(r -> r.resolve("bundle.jar"))
          .filter(Files::isRegularFile)
          .max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
