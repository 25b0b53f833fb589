package org.kiban.route.wall;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.impl.DefaultCamelContext;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.Partners;
import org.kiban.core.keys.Secrets;
import org.kiban.core.keys.TlsIdentity;
import org.kiban.core.storage.Databases;
import org.kiban.route.RouteFile;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Finds what belongs to each municipality, and builds contexts that reach nothing else. */
@Component
public final class MunicipalWall implements Wall {

  private static final String CAPABILITY = "route";

  private final BundleContext bundle;
  private final NodePaths paths;
  private final Partners partners;
  private final Secrets secrets;
  private final TlsIdentity identity;
  private final Databases databases;
  private final ConfigurationAdmin configurations;
  private final RouteDoor door;
  private final Map<MunicipalityCode, Databases.Database> opened = new ConcurrentHashMap<>();

  /** Called by the component runtime. */
  @Activate
  public MunicipalWall(
      BundleContext bundle,
      @Reference NodePaths paths,
      @Reference Partners partners,
      @Reference Secrets secrets,
      @Reference TlsIdentity identity,
      @Reference Databases databases,
      @Reference ConfigurationAdmin configurations,
      @Reference RouteDoor door) {
    this.bundle = bundle;
    this.paths = paths;
    this.partners = partners;
    this.secrets = secrets;
    this.identity = identity;
    this.databases = databases;
    this.configurations = configurations;
    this.door = door;
  }

  /** Called by the component runtime, once nothing builds or runs contexts any more. */
  @Deactivate
  public void deactivate() {
    opened.values().forEach(Databases.Database::close);
  }

  @Override
  public DefaultCamelContext build(RouteFile file) {
    MunicipalityCode code = file.code();
    Grounds grounds =
        new Grounds(code, folders(code), resources(code), new Peers(code, partners), secrets);
    return new Contexts(grounds, identity)
        .build(
            file.name(),
            new Connections(code, () -> connections(code)),
            LazyDatabase.of(() -> database(code).dataSource()),
            new HttpEngine(code, door));
  }

  private Folders folders(MunicipalityCode code) {
    Map<String, Path> roots = new HashMap<>();
    roots.put(Folders.FILES, made(paths.municipalityDirectory(code, CAPABILITY).resolve("files")));
    Path exchange = paths.municipalityDirectory(code, "exchange");
    roots.put("exchange-in", exchange.resolve("in"));
    roots.put("exchange-out", exchange.resolve("out"));
    for (String mount : mounts(code)) {
      String[] parts = mount.split("=", 2);
      Path path = Path.of(parts.length == 2 ? parts[1] : "");
      if (!path.isAbsolute() || roots.containsKey(parts[0]) || isOfTheNode(path)) {
        throw new KibanException(Outcome.REFUSED, WallMessage.WRONG_MOUNT, mount, code);
      }
      roots.put(parts[0], path);
    }
    return new Folders(code, roots);
  }

  /** A mount must not open what the node keeps, nor hold it. */
  private boolean isOfTheNode(Path mount) {
    Path real = real(mount);
    for (Path place : new Path[] {paths.data(), paths.etc(), paths.home()}) {
      if (real.startsWith(real(place)) || real(place).startsWith(real)) {
        return true;
      }
    }
    return false;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException notThere) {
      return path.toAbsolutePath().normalize();
    }
  }

  private String[] mounts(MunicipalityCode code) {
    try {
      String filter = "(&(service.factoryPid=org.kiban.route)(code=" + code + "))";
      Configuration[] found = configurations.listConfigurations(filter);
      Object mounts = found == null ? null : found[0].getProperties().get("mounts");
      return mounts instanceof Object[] several
          ? Arrays.stream(several).map(String::valueOf).toArray(String[]::new)
          : mounts == null ? new String[0] : new String[] {mounts.toString()};
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("a filter of digits is right", e);
    }
  }

  private Folders resources(MunicipalityCode code) {
    return new Folders(code, Map.of(Folders.FILES, RouteFile.folder(paths, code)));
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ConnectionFactory connections(MunicipalityCode code) {
    try {
      String filter = "(municipality=" + code + ")";
      for (ServiceReference<ConnectionFactory> reference :
          bundle.getServiceReferences(ConnectionFactory.class, filter)) {
        return bundle.getService(reference);
      }
      return null;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("a filter of digits is right", e);
    }
  }

  private Databases.Database database(MunicipalityCode code) {
    return opened.computeIfAbsent(code, c -> databases.openRestricted(c, CAPABILITY));
  }
}
