package org.kiban.node.state;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.kiban.core.NodeState.Fact;
import org.kiban.core.NodeState.Kind;

/** Facts on features: what is installed and what of it was asked for by name. */
final class FeatureFacts {

  private final FeaturesService service;

  FeatureFacts(FeaturesService service) {
    this.service = service;
  }

  Stream<Fact> facts() {
    try {
      Map<String, String> values = new TreeMap<>();
      for (Feature feature : service.listInstalledFeatures()) {
        values.put(
            feature.getId(), service.isRequired(feature) ? "installed on request" : "installed");
      }
      return values.entrySet().stream()
          .map(e -> new Fact(Kind.FEATURE, e.getKey(), e.getValue(), false));
    } catch (Exception e) {
      throw new IllegalStateException("the container does not list its features", e);
    }
  }
}
