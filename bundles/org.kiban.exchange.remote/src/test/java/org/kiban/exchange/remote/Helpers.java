package org.kiban.exchange.remote;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kiban.core.Environment;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Partner;
import org.kiban.core.Partners;
import org.kiban.core.keys.Secrets;
import org.kiban.exchange.api.Endpoint;

/** What transports need of a node. */
final class Helpers {

  static final MunicipalityCode CODE = new MunicipalityCode("332020");

  private Helpers() {}

  static RemoteSettings settings(String proxy, String... allowed) {
    return fake(RemoteSettings.class, Map.of("allowed", allowed, "proxy", proxy));
  }

  static Partners partners(Map<String, String> endpoints) {
    Partner partner =
        new Partner("031", "", "", Environment.PRODUCTION, "", new TreeMap<>(endpoints));
    return fake(Partners.class, Map.of("find", Optional.of(partner)));
  }

  static Secrets secrets(String value) {
    return fake(Secrets.class, Map.of("find", Optional.of(value)));
  }

  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            Helpers.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }

  static Endpoint end(Path directory, Map<String, String> options) {
    return new Endpoint(CODE, "031-atena", "031", directory, options);
  }
}
