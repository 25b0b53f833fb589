package org.kiban.addon.swap;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The container's configurations, remembered and put back. Used by one thread at a time. */
interface Configs {

  /** Remembers all of them. */
  Remembered remember() throws IOException;

  /** Deletes those that are not among these and that no file declares. */
  void retain(Set<String> pids) throws IOException;

  /** What there was. */
  interface Remembered {
    /** Puts back what has changed meanwhile. */
    void restore() throws IOException;
  }

  /** Those of the container. */
  static Configs of(ConfigurationAdmin admin) {
    return new InAdmin(admin);
  }

  /** Those of the container. */
  record InAdmin(ConfigurationAdmin admin) implements Configs {

    private static final String ACCESS_LISTS = "org.apache.karaf.command.acl.";

    @Override
    public Remembered remember() throws IOException {
      Map<String, Dictionary<String, Object>> before = all();
      return () -> {
        Map<String, Dictionary<String, Object>> now = all();
        for (String pid : now.keySet()) {
          if (!before.containsKey(pid)) {
            configuration(pid).delete();
          }
        }
        for (Map.Entry<String, Dictionary<String, Object>> entry : before.entrySet()) {
          if (!same(entry.getValue(), now.get(entry.getKey()))) {
            configuration(entry.getKey()).update(entry.getValue());
          }
        }
      };
    }

    /** Arrays are the same if their elements are; a mere counter of changes says nothing. */
    private static boolean same(Dictionary<String, Object> a, Dictionary<String, Object> b) {
      return b != null
          && a.size() == b.size()
          && Collections.list(a.keys()).stream()
              .allMatch(k -> k.equals("kiban.change") || Objects.deepEquals(a.get(k), b.get(k)));
    }

    @Override
    public void retain(Set<String> pids) throws IOException {
      for (Map.Entry<String, Dictionary<String, Object>> entry : all().entrySet()) {
        Dictionary<String, Object> properties = entry.getValue();
        boolean declared =
            properties.get("felix.fileinstall.filename") != null
                || properties.get(".kiban.node") != null
                || entry.getKey().startsWith(ACCESS_LISTS);
        if (!declared && !pids.contains(entry.getKey())) {
          configuration(entry.getKey()).delete();
        }
      }
    }

    private Configuration configuration(String pid) throws IOException {
      String[] parts = pid.split("~", 2);
      return parts.length == 2
          ? admin.getFactoryConfiguration(parts[0], parts[1], "?")
          : admin.getConfiguration(pid, "?");
    }

    private Map<String, Dictionary<String, Object>> all() throws IOException {
      try {
        Configuration[] found = admin.listConfigurations(null);
        Map<String, Dictionary<String, Object>> all = new HashMap<>();
        for (Configuration configuration : found == null ? new Configuration[0] : found) {
          Dictionary<String, Object> properties = configuration.getProperties();
          if (properties != null) {
            Hashtable<String, Object> copy = new Hashtable<>();
            Collections.list(properties.keys()).forEach(k -> copy.put(k, properties.get(k)));
            all.put(configuration.getPid(), copy);
          }
        }
        return all;
      } catch (InvalidSyntaxException e) {
        throw new IllegalStateException("no filter was given", e);
      }
    }
  }
}
