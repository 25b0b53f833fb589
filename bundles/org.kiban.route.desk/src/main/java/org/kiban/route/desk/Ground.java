package org.kiban.route.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.kiban.core.Environment;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Partner;
import org.kiban.core.Partners;
import org.kiban.core.keys.Secrets;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.core.storage.Databases;
import org.kiban.route.wall.MunicipalWall;
import org.kiban.route.wall.RouteDoor;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * What a node would give a municipality's routes: in memory, and folders in a scratch directory.
 */
final class Ground implements NodePaths, Partners {

  private final Path scratch;
  private final JdbcDataSource database = new JdbcDataSource();
  private final Map<String, String> secrets = new TreeMap<>();
  private final Map<String, TreeMap<String, String>> endpoints = new TreeMap<>();

  Ground(Path scratch) {
    this.scratch = scratch;
    database.setURL("jdbc:h2:mem:" + scratch.getFileName() + ";DB_CLOSE_DELAY=-1");
  }

  /** The same wall as a node's. */
  MunicipalWall wall() {
    return new MunicipalWall(
        nothing(BundleContext.class),
        this,
        this,
        new Kept(secrets),
        nothing(TlsIdentity.class),
        new InMemory(database),
        nothing(ConfigurationAdmin.class),
        new RouteDoor());
  }

  /** A service that has nothing to give. */
  private static <T> T nothing(Class<T> service) {
    return service.cast(
        Proxy.newProxyInstance(
            Ground.class.getClassLoader(),
            new Class<?>[] {service},
            (self, method, arguments) ->
                Collection.class.isAssignableFrom(method.getReturnType()) ? List.of() : null));
  }

  void secret(String name, String value) {
    secrets.put(name, value);
  }

  void partner(String id, String use, String address) {
    endpoints.computeIfAbsent(id, i -> new TreeMap<>()).put(use, address);
  }

  DataSource database() {
    return database;
  }

  void forget() {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String nodeName() {
    return "desk";
  }

  @Override
  public Path home() {
    return scratch.resolve("home");
  }

  @Override
  public Path etc() {
    return scratch.resolve("etc");
  }

  @Override
  public Path data() {
    return scratch.resolve("var");
  }

  @Override
  public Path nodeDirectory(String capability) {
    return made(data().resolve("node").resolve(capability));
  }

  @Override
  public Path municipalityDirectory(MunicipalityCode code, String capability) {
    return made(data().resolve(code.value()).resolve(capability));
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Partner> all(MunicipalityCode code) {
    return endpoints.entrySet().stream()
        .map(e -> new Partner(e.getKey(), e.getKey(), "", Environment.PRODUCTION, "", e.getValue()))
        .toList();
  }

  @Override
  public Optional<Partner> find(MunicipalityCode code, String id) {
    return all(code).stream().filter(p -> p.id().equals(id)).findFirst();
  }

  @Override
  public Partner require(MunicipalityCode code, String id) {
    return find(code, id).orElseThrow();
  }

  /** The secrets that a test gave. */
  private record Kept(Map<String, String> values) implements Secrets {
    @Override
    public Optional<String> find(MunicipalityCode code, String name) {
      return Optional.ofNullable(values.get(name));
    }

    @Override
    public List<String> names(MunicipalityCode code) {
      return List.copyOf(values.keySet());
    }

    @Override
    public void put(MunicipalityCode code, String name, String value) {
      values.put(name, value);
    }

    @Override
    public boolean remove(MunicipalityCode code, String name) {
      return values.remove(name) != null;
    }
  }

  /** One database in memory. */
  private record InMemory(DataSource dataSource) implements Databases, Databases.Database {
    @Override
    public Database open(MunicipalityCode code, String capability, ClassLoader migrations) {
      return this;
    }

    @Override
    public Database openRestricted(MunicipalityCode code, String capability) {
      return this;
    }

    @Override
    public List<String> open(MunicipalityCode code) {
      return List.of();
    }

    @Override
    public Path file(MunicipalityCode code, String capability) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void copy(MunicipalityCode code, String capability, Path into) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      // It ends with the desk.
    }
  }
}
