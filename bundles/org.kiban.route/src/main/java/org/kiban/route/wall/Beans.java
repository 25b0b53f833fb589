package org.kiban.route.wall;

import jakarta.jms.ConnectionFactory;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.StringAggregationStrategy;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.BeanRepository;
import org.kiban.core.KibanException;

/**
 * The beans of one context: {@code connectionFactory}, {@code database}, {@code idempotent} and
 * {@code idempotent-<name>} (remembered in the database), {@code secret-<name>} (a secret as a
 * key), and ways to aggregate: {@code grouped}, {@code joined}, {@code latest}, {@code original}. A
 * route can add none.
 */
final class Beans implements BeanRepository {

  private static final String SECRET = "secret-";
  private static final String IDEMPOTENT = "idempotent";

  private final Grounds grounds;
  private final Map<String, Object> fixed;
  private final DataSource database;
  private final Map<String, Object> made = new ConcurrentHashMap<>();

  Beans(
      Grounds grounds,
      ConnectionFactory connections,
      DataSource database,
      PlatformHttpEngine engine) {
    this.grounds = grounds;
    this.database = database;
    this.fixed =
        Map.of(
            "connectionFactory", connections,
            "database", database,
            "platform-http-engine", engine,
            "grouped", new GroupedBodyAggregationStrategy(),
            "joined", new StringAggregationStrategy(),
            "latest", new UseLatestAggregationStrategy(),
            "original", new UseOriginalAggregationStrategy());
  }

  /** Tells whether a route may name a bean. */
  boolean knows(String name) {
    return lookupByName(name) != null;
  }

  @Override
  public Object lookupByName(String name) {
    if (fixed.containsKey(name)) {
      return fixed.get(name);
    }
    if (name.matches(IDEMPOTENT + "(-[A-Za-z0-9-]+)?")) {
      return made.computeIfAbsent(name, n -> new JdbcMessageIdRepository(database, n));
    }
    return name.startsWith(SECRET) ? key(name.substring(SECRET.length())).orElse(null) : null;
  }

  private Optional<Object> key(String name) {
    try {
      return grounds
          .secrets()
          .find(grounds.code(), name)
          .map(v -> new SecretKeySpec(bytes(v), "AES"));
    } catch (IllegalArgumentException | KibanException e) {
      return Optional.empty();
    }
  }

  /** Keys are kept in Base64. */
  private static byte[] bytes(String value) {
    return Base64.getDecoder().decode(value.strip());
  }

  @Override
  public <T> T lookupByNameAndType(String name, Class<T> type) {
    Object found = lookupByName(name);
    return type.isInstance(found) ? type.cast(found) : null;
  }

  @Override
  public <T> Map<String, T> findByTypeWithName(Class<T> type) {
    Map<String, T> found = new java.util.TreeMap<>();
    fixed.forEach(
        (name, bean) -> {
          // Found by type only where there is one to mean.
          if ((type == DataSource.class || type == ConnectionFactory.class)
              && type.isInstance(bean)) {
            found.put(name, type.cast(bean));
          }
        });
    return found;
  }

  @Override
  public <T> Set<T> findByType(Class<T> type) {
    return Set.copyOf(findByTypeWithName(type).values());
  }
}
