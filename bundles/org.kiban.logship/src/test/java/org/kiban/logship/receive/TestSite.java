package org.kiban.logship.receive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.keys.Keys;
import org.kiban.logship.Declaration;
import org.kiban.logship.DestinationTypes;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.tls.TestNode;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

/** A node as the components of receiving see it. */
public final class TestSite implements NodePaths, Keys, AutoCloseable {

  /** Whose logs the tests ship. */
  public static final MunicipalityCode CODE = new MunicipalityCode("332020");

  private final TestNode node;
  private final Path home;
  private final DurableFilesComponent files = new DurableFilesComponent();
  private MunicipalReceiver municipality;
  private LogReceiver receiver;

  /** A node that knows nobody yet. */
  public TestSite(TestNode node, Path home) {
    this.node = node;
    this.home = home;
  }

  /** Knows a peer from now on. */
  public TestSite knows(TestNode peer) throws IOException {
    Path directory = Files.createDirectories(etc().resolve("peers").resolve(peer.name()));
    Files.copy(peer.certificate(), directory.resolve("ca.pem"));
    return this;
  }

  /** Listens; with the port that it had before, if it had one. */
  public TestSite start(Map<String, Object> settings) throws IOException {
    int port = receiver == null ? 0 : receiver.port();
    municipality =
        new MunicipalReceiver(
            settings(MunicipalReceiveSettings.class, settings, Map.of("code", CODE.toString())),
            this,
            files,
            new JournalsComponent(files),
            this,
            types());
    receiver =
        new LogReceiver(
            settings(ReceiveSettings.class, settings, Map.of("port", port, "syslog-port", 0)),
            node,
            List.of(municipality));
    return this;
  }

  /** Stops, as a node does. */
  @Override
  public void close() throws IOException {
    receiver.deactivate();
    municipality.deactivate();
  }

  /** Where it listens. */
  public int port() {
    return receiver.port();
  }

  /** Where it takes syslog. */
  public int syslogPort() {
    return receiver.syslogPort();
  }

  /** A destination of this node, as its configuration declares it. */
  public Destination destination(String line) {
    return types().open(CODE, Declaration.parse("test", line), home);
  }

  private DestinationTypes types() {
    // No way in these tests asks for a secret.
    return new DestinationTypes(this, node, this, null, files, new JournalsComponent(files));
  }

  /** A configuration as the node hands it on: what is changed, what is always so, defaults. */
  static <T> T settings(Class<T> type, Map<String, Object> changed, Map<String, Object> always) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              String key = method.getName().replace("$_$", "-");
              Object value = changed.getOrDefault(key, always.get(key));
              return value == null ? method.getDefaultValue() : value;
            }));
  }

  @Override
  public String nodeName() {
    return node.name();
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public Path etc() {
    return home.resolve("etc");
  }

  @Override
  public Path data() {
    return home.resolve("var");
  }

  @Override
  public Path nodeDirectory(String capability) {
    return make(data().resolve("node").resolve(capability));
  }

  @Override
  public Path municipalityDirectory(MunicipalityCode code, String capability) {
    return make(data().resolve(code.toString()).resolve(capability));
  }

  @Override
  public SecretKey municipality(MunicipalityCode code, String purpose) {
    return new SecretKeySpec(new byte[32], "AES");
  }

  @Override
  public SecretKey node(String purpose) {
    return new SecretKeySpec(new byte[32], "AES");
  }

  private static Path make(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
