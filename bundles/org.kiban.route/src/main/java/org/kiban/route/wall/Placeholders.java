package org.kiban.route.wall;

import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.properties.PropertiesFunctionResolver;
import org.apache.camel.spi.PropertiesFunction;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * The placeholders of routes: {@code {{code}}}, {@code {{secret:…}}}, {@code {{partner:…}}}, {@code
 * {{folder:…}}}; no environment, no system properties, no files.
 */
final class Placeholders {

  private Placeholders() {}

  static PropertiesComponent component(Grounds grounds) {
    PropertiesComponent component = new PropertiesComponent();
    component.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
    component.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
    component.setAutoDiscoverPropertiesSources(false);
    component.setPropertiesFunctionResolver(
        new Functions(
            Map.of(
                "secret", new Function("secret", grounds::secret),
                "partner", new Function("partner", grounds.peers()::placeholder),
                "folder", new Function("folder", n -> grounds.folders().named(n).toString()),
                "env", new Function("env", Placeholders::none),
                "sys", new Function("sys", Placeholders::none),
                "bean", new Function("bean", Placeholders::none),
                "service", new Function("service", Placeholders::none))));
    Properties fixed = new Properties();
    fixed.setProperty("code", grounds.code().value());
    component.setInitialProperties(fixed);
    return component;
  }

  private static String none(String name) {
    throw new KibanException(Outcome.REFUSED, WallMessage.NO_PLACEHOLDER, name);
  }

  /** One function. */
  private record Function(String name, UnaryOperator<String> value) implements PropertiesFunction {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public String apply(String remainder) {
      return value.apply(remainder);
    }
  }

  /** These functions and no others, whatever lies on the class path. */
  private static final class Functions implements PropertiesFunctionResolver {

    private final Map<String, PropertiesFunction> known;

    Functions(Map<String, PropertiesFunction> known) {
      this.known = known;
    }

    @Override
    public Map<String, PropertiesFunction> getFunctions() {
      return known;
    }

    @Override
    public void addPropertiesFunction(PropertiesFunction function) {
      throw new UnsupportedOperationException(function.getName());
    }

    @Override
    public boolean hasFunction(String name) {
      return known.containsKey(name);
    }

    @Override
    public PropertiesFunction resolvePropertiesFunction(String name) {
      return known.get(name);
    }
  }
}
