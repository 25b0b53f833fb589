package org.kiban.node.status;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Says, in the container's terms, why something is not there. */
@Component(service = Components.class)
public final class Components {

  private final BundleContext context;
  private final ServiceComponentRuntime runtime;

  /** Uses the container's own view. */
  @Activate
  public Components(BundleContext context, @Reference ServiceComponentRuntime runtime) {
    this.context = context;
    this.runtime = runtime;
  }

  /** What keeps our bundles from running, one line each. */
  public List<String> bundleProblems() {
    return Arrays.stream(context.getBundles())
        .filter(b -> String.valueOf(b.getSymbolicName()).startsWith("org.kiban."))
        .filter(b -> (b.getState() & (Bundle.ACTIVE | Bundle.STARTING)) == 0)
        .filter(b -> !isFragment(b))
        .map(b -> "bundle " + b.getSymbolicName() + " does not run")
        .toList();
  }

  private static boolean isFragment(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  /**
   * Why the component with a configuration is not active.
   *
   * @param pid for example {@code org.kiban.exchange~332020}
   * @return empty if it is active or there is none
   */
  public String whyNotActive(String pid) {
    String factory = pid.split("~", 2)[0];
    return runtime.getComponentDescriptionDTOs().stream()
        .filter(d -> Arrays.asList(d.configurationPid).contains(factory))
        .flatMap(d -> runtime.getComponentConfigurationDTOs(d).stream())
        .filter(c -> isOf(c, pid))
        .map(Components::why)
        .filter(w -> !w.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static boolean isOf(ComponentConfigurationDTO component, String pid) {
    Object pids = component.properties.get(Constants.SERVICE_PID);
    return pids instanceof List<?> list ? list.contains(pid) : pid.equals(pids);
  }

  private static String why(ComponentConfigurationDTO component) {
    if (component.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
      return cause(component.failure);
    }
    if (component.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
      return Arrays.stream(component.unsatisfiedReferences)
          .map((UnsatisfiedReferenceDTO r) -> r.name)
          .collect(Collectors.joining(", ", "waits for ", ""));
    }
    return "";
  }

  /** The stack trace's innermost cause that has a code of ours, else its first line. */
  private static String cause(String stackTrace) {
    List<String> lines = stackTrace == null ? List.of() : stackTrace.lines().toList();
    return lines.stream()
        .filter(l -> l.contains("KBN-"))
        .map(l -> l.substring(l.indexOf("KBN-")))
        .findFirst()
        .orElse(lines.isEmpty() ? "" : lines.get(0));
  }
}
