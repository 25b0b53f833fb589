package org.kiban.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * Stock Artemis in a process of its own, with the node's settings of journal and memory, and TLS.
 */
public final class PeerBroker {

  static final String USER = "benchmark";

  private PeerBroker() {}

  /**
   * Starts it and stays.
   *
   * @param args directory, port, key store, its password
   */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Configuration c = new ConfigurationImpl();
    c.setJMXManagementEnabled(false);
    c.setBindingsDirectory(directory.resolve("bindings").toString());
    c.setJournalDirectory(directory.resolve("journal").toString());
    c.setPagingDirectory(directory.resolve("paging").toString());
    c.setLargeMessagesDirectory(directory.resolve("large").toString());
    c.setJournalType(JournalType.NIO).setJournalDatasync(true);
    c.setJournalFileSize(10 << 20).setJournalMinFiles(2).setJournalPoolFiles(10);
    c.setJournalBufferTimeout_NIO(200_000);
    // From there on messages go to disk, as on the node.
    c.setGlobalMaxSize(64 << 20);
    c.addAddressSetting("#", new AddressSettings().setMaxSizeBytes(48 << 20));
    c.addAcceptorConfiguration(
        new TransportConfiguration(
            NettyAcceptorFactory.class.getName(),
            Map.of(
                "host",
                "127.0.0.1",
                "port",
                args[1],
                "protocols",
                "CORE",
                "sslEnabled",
                true,
                "keyStoreType",
                "PKCS12",
                "keyStorePath",
                args[2],
                "keyStorePassword",
                args[3]),
            "tls"));
    new EmbeddedActiveMQ().setConfiguration(c).setSecurityManager(users(c, args[3])).start();
  }

  // As Artemis comes: who sends is authenticated, and authorised for each message.
  private static ActiveMQSecurityManager users(Configuration c, String password) {
    Role all =
        new Role("all", true, true, true, true, true, true, true, true, true, true, true, true);
    c.setSecurityEnabled(true).putSecurityRoles("#", Set.of(all));
    SecurityConfiguration users = new SecurityConfiguration();
    users.addUser(USER, password);
    users.addRole(USER, all.getName());
    return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users);
  }
}
