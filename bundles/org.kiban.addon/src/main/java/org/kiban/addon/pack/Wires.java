package org.kiban.addon.pack;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.addon.pack.Headers.Clause;

/** Checks what a bundle takes from others and offers to them. Used by one thread. */
final class Wires {

  private static final Pattern API =
      Pattern.compile("(org\\.kiban\\.(?:core|[a-z]+\\.api))(?:\\..+)?");

  /** What the node asks add-ons for; it asks nobody else for their own interfaces. */
  private static final Set<String> SERVICES =
      Set.of("org.kiban.exchange.api.Transport", "org.apache.felix.hc.api.HealthCheck");

  /** Packages with which the node itself could be changed, or its secrets read. */
  private static final List<String> FORBIDDEN =
      List.of(
          "org.kiban.core.keys",
          "org.osgi.framework.hooks",
          "org.osgi.framework.launch",
          "org.osgi.framework.startlevel",
          "org.osgi.framework.wiring",
          "org.osgi.service.cm",
          "org.osgi.service.condpermadmin",
          "org.osgi.service.packageadmin",
          "org.osgi.service.permissionadmin",
          "org.osgi.service.startlevel",
          "org.osgi.service.url",
          "org.apache.activemq",
          "org.apache.karaf",
          "org.apache.felix",
          "org.ops4j",
          "java.lang.instrument",
          "com.sun",
          "jdk",
          "sun");

  private static final Set<String> ALLOWED =
      Set.of("org.apache.felix.hc.api", "org.apache.felix.hc.annotation");

  private static final Set<String> CAPABILITIES = Set.of("osgi.service");

  private final AddonManifest manifest;
  private final String place;
  private final Headers headers;

  Wires(AddonManifest manifest, String place, Headers headers) {
    this.manifest = manifest;
    this.place = place;
    this.headers = headers;
  }

  void check() {
    headers.paths("Import-Package").forEach(this::checkImport);
    for (String exported : headers.paths("Export-Package")) {
      if (!manifest.owns(exported)) {
        throw PackMessage.FOREIGN_PACKAGE.refuse(place, exported);
      }
    }
    headers.clauses("Provide-Capability").forEach(this::checkCapability);
  }

  private void checkImport(String name) {
    if (ALLOWED.contains(name)) {
      return;
    }
    boolean ours = name.equals("org.kiban") || name.startsWith("org.kiban.");
    Matcher api = API.matcher(name);
    boolean forbidden =
        FORBIDDEN.stream().anyMatch(f -> name.equals(f) || name.startsWith(f + "."));
    if (forbidden || ours && !api.matches()) {
      throw PackMessage.FORBIDDEN_IMPORT.refuse(place, name);
    }
    boolean messaging = name.equals("jakarta.jms") || name.startsWith("jakarta.jms.");
    if (messaging && manifest.permissions().addresses().isEmpty()) {
      throw PackMessage.UNDECLARED_USE.refuse(place, "addresses", name);
    }
    if (ours && !manifest.requires().containsKey(api.group(1))) {
      throw PackMessage.UNDECLARED_API.refuse(place, name, api.group(1));
    }
  }

  /** Services may be announced as capabilities; what the framework decides by may not. */
  private void checkCapability(Clause clause) {
    for (String namespace : clause.paths()) {
      if (!CAPABILITIES.contains(namespace) && !manifest.owns(namespace)) {
        throw PackMessage.FORBIDDEN_HEADER.refuse(place, "Provide-Capability", namespace);
      }
      if (namespace.equals("osgi.service")) {
        Optional.ofNullable(clause.parameters().get("objectClass:List<String>"))
            .or(() -> Optional.ofNullable(clause.parameters().get("objectClass")))
            .ifPresent(
                names -> {
                  for (String service : names.split(",")) {
                    checkService(manifest, place, service.strip());
                  }
                });
      }
    }
  }

  static void checkService(AddonManifest manifest, String place, String service) {
    if (!SERVICES.contains(service) && !manifest.owns(service)) {
      throw PackMessage.FORBIDDEN_SERVICE.refuse(place, service);
    }
  }
}
