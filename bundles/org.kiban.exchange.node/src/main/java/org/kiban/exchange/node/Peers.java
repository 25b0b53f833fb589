package org.kiban.exchange.node;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.io.Reader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The peers as declared. A peer is known by its own certificate authority, {@code
 * etc/peers/<name>/ca.pem}, not by its address, since addresses overlap between members. Each
 * municipality has credentials of its own there, {@code etc/peers/<name>/<code>.properties} with
 * {@code user} and {@code password}; they are read anew at each connection.
 */
@Component(service = Peers.class, configurationPid = "org.kiban.exchange.node")
@Designate(ocd = PeerSettings.class)
public final class Peers implements Links {

  private static final int CALL_MILLISECONDS = 30_000;
  private static final int CONNECT_MILLISECONDS = 5_000;

  private final BundleContext context;
  private final NodePaths paths;
  private final Map<String, String> addresses = new HashMap<>();

  /** Reads the peers' names and addresses; a wrong line is refused with its text. */
  @Activate
  public Peers(BundleContext context, @Reference NodePaths paths, PeerSettings settings) {
    this.context = context;
    this.paths = paths;
    for (String line : settings.peers()) {
      if (!line.matches("[a-z0-9-]+=[^=/?#\\s]+:[0-9]{1,5}")) {
        throw new IllegalArgumentException(
            "etc/org.kiban.exchange.node.cfg.json: peers: not <name>=<host>:<port>: " + line);
      }
      addresses.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
  }

  @Override
  public String nodeName() {
    return paths.nodeName();
  }

  @Override
  public ConnectionFactory local(MunicipalityCode code) throws IOException {
    try {
      Collection<ServiceReference<ConnectionFactory>> found =
          context.getServiceReferences(ConnectionFactory.class, "(municipality=" + code + ")");
      if (!found.isEmpty()) {
        return context.getService(found.iterator().next());
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    throw new IOException("messaging of " + code + " is not running on this node");
  }

  @Override
  public ConnectionFactory peer(String name, MunicipalityCode code) throws IOException {
    String address = addresses.get(name);
    if (address == null) {
      throw new IllegalArgumentException(
          "peer: " + name + " is not among the peers in etc/org.kiban.exchange.node.cfg.json");
    }
    Path directory = paths.etc().resolve("peers").resolve(name);
    Path authority = directory.resolve("ca.pem");
    if (!Files.isReadable(authority)) {
      throw new IOException("cannot read " + authority);
    }
    Properties credentials = new Properties();
    try (Reader in = Files.newBufferedReader(directory.resolve(code + ".properties"))) {
      credentials.load(in);
    }
    return factory(address, authority, credentials);
  }

  private static ConnectionFactory factory(String address, Path authority, Properties credentials) {
    ActiveMQConnectionFactory factory =
        new ActiveMQConnectionFactory(
            "tcp://"
                + address
                + "?sslEnabled=true&connect-timeout-millis="
                + CONNECT_MILLISECONDS
                + "&enabledProtocols=TLSv1.3,TLSv1.2&verifyHost=false"
                + "&trustStoreType=PEMCA&trustStorePath="
                + URLEncoder.encode(authority.toString(), StandardCharsets.UTF_8),
            credentials.getProperty("user"),
            credentials.getProperty("password"));
    factory.setCallTimeout(CALL_MILLISECONDS);
    return factory;
  }
}
