package org.kiban.node.container;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The container's configuration admin; what the node made carries a mark and nothing else is seen.
 */
@Component
public final class AdminConfigurations implements Configurations {

  /** A leading dot keeps it out of the service properties of components. */
  private static final String MARK = ".kiban.node";

  private final ConfigurationAdmin admin;

  /** Uses the container's service. */
  @Activate
  public AdminConfigurations(@Reference ConfigurationAdmin admin) {
    this.admin = admin;
  }

  @Override
  public Map<String, Map<String, Object>> managed() throws IOException {
    Map<String, Map<String, Object>> managed = new TreeMap<>();
    for (Configuration configuration : list("(" + MARK + "=true)")) {
      Dictionary<String, Object> properties = configuration.getProperties();
      if (properties != null) {
        Map<String, Object> values = new TreeMap<>();
        Collections.list(properties.keys()).forEach(k -> values.put(k, properties.get(k)));
        values.remove(MARK);
        values.remove(Constants.SERVICE_PID);
        values.remove(ConfigurationAdmin.SERVICE_FACTORYPID);
        managed.put(configuration.getPid(), values);
      }
    }
    return managed;
  }

  @Override
  public void put(String pid, Map<String, Object> values) throws IOException {
    Dictionary<String, Object> properties = new Hashtable<>(values);
    properties.put(MARK, "true");
    String[] parts = pid.split("~", 2);
    Configuration configuration =
        parts.length == 2
            ? admin.getFactoryConfiguration(parts[0], parts[1], "?")
            : admin.getConfiguration(pid, "?");
    configuration.update(properties);
  }

  @Override
  public void delete(String pid) throws IOException {
    for (Configuration configuration :
        list("(&(" + MARK + "=true)(" + Constants.SERVICE_PID + "=" + pid + "))")) {
      configuration.delete();
    }
  }

  private Configuration[] list(String filter) throws IOException {
    try {
      Configuration[] found = admin.listConfigurations(filter);
      return found == null ? new Configuration[0] : found;
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(filter, e);
    }
  }
}
