package org.kiban.messaging;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Settings with their defaults, except for what a test says; the port is a free one. */
final class Settings {

  private Settings() {}

  static BrokerSettings of(Map<String, Object> changed) {
    return (BrokerSettings)
        Proxy.newProxyInstance(
            Settings.class.getClassLoader(),
            new Class<?>[] {BrokerSettings.class},
            (proxy, method, args) -> {
              String key = method.getName().replace("$_$", "-");
              if (changed.containsKey(key)) {
                return changed.get(key);
              }
              return key.equals("port") ? 0 : method.getDefaultValue();
            });
  }
}
