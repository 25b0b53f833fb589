package org.kiban.control;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Command;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who may call which of our commands, by writing Karaf's command access list of each scope
 * that our bundles bring: by verb, so that a new capability needs no list of its own. The lists of
 * Karaf's scopes are files in {@code etc/}; a scope without any list, for example of an add-on, is
 * for administrators ({@code karaf.secured.command.compulsory.roles}). A list that an operator
 * wrote as a file is left as it is.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = "org.kiban.control")
@Designate(ocd = ControlConfig.class)
public final class CommandRoles implements BundleTrackerCustomizer<Set<String>> {

  private static final Logger LOG = LoggerFactory.getLogger(CommandRoles.class);

  private static final String PID_PREFIX = "org.apache.karaf.command.acl.";
  private static final String OURS = "org.kiban.";

  private final ConfigurationAdmin configurations;
  private final AccessLists lists;
  private final BundleTracker<Set<String>> tracker;

  /** Writes the list of commands without a scope, and those of our scopes as their bundles come. */
  @Activate
  public CommandRoles(
      BundleContext context, @Reference ConfigurationAdmin configurations, ControlConfig config) {
    this.configurations = configurations;
    this.lists = new AccessLists(config);
    write("*", lists.global());
    this.tracker = new BundleTracker<>(context, Bundle.ACTIVE, this);
    this.tracker.open();
  }

  @Deactivate
  void close() {
    tracker.close();
  }

  @Override
  public Set<String> addingBundle(Bundle bundle, BundleEvent event) {
    String commands = bundle.getHeaders().get("Karaf-Commands");
    if (commands == null || !bundle.getSymbolicName().startsWith(OURS)) {
      return null;
    }
    Set<String> scopes = scopes(bundle, commands);
    scopes.forEach(scope -> write(scope, lists.ours()));
    return scopes;
  }

  @Override
  public void modifiedBundle(Bundle bundle, BundleEvent event, Set<String> scopes) {
    // Its commands stay the same while it is active.
  }

  @Override
  public void removedBundle(Bundle bundle, BundleEvent event, Set<String> scopes) {
    // The list stays: there is nothing to call, and the bundle may come back.
  }

  private static Set<String> scopes(Bundle bundle, String packageName) {
    Set<String> scopes = new TreeSet<>();
    bundle
        .adapt(BundleWiring.class)
        .listResources(packageName.replace('.', '/'), "*.class", BundleWiring.LISTRESOURCES_LOCAL)
        .forEach(
            resource -> {
              try {
                String name = resource.replace('/', '.').replaceFirst("\\.class$", "");
                Command command = bundle.loadClass(name).getAnnotation(Command.class);
                if (command != null) {
                  scopes.add(command.scope());
                }
              } catch (ClassNotFoundException | LinkageError e) {
                LOG.debug("not a command: {}", resource, e);
              }
            });
    return scopes;
  }

  private void write(String scope, Map<String, String> list) {
    try {
      Configuration configuration = configurations.getConfiguration(PID_PREFIX + scope, "?");
      Dictionary<String, Object> present = configuration.getProperties();
      if (present == null || present.get("felix.fileinstall.filename") == null) {
        configuration.updateIfDifferent(new Hashtable<String, Object>(list));
      }
    } catch (IOException e) {
      LOG.error(
          "{}: {}",
          ControlMessage.ROLES_NOT_WRITTEN.code(),
          ControlMessage.ROLES_NOT_WRITTEN.text(Locale.getDefault(), scope, e.getMessage()));
    } catch (IllegalStateException e) {
      // The configuration changed meanwhile: the component that follows writes all lists anew.
      LOG.debug("the list of {} is left to the next component", scope, e);
    }
  }
}
