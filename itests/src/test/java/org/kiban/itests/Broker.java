package org.kiban.itests;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A node's broker as a business system of one municipality reaches it: from outside, over TLS. */
final class Broker {

  private static final String USER = "gyomu";
  private static final String PASSWORD = "made-up";

  private Broker() {}

  /** Lets the business system in; before the node starts, which hashes the password. */
  static void admit(NodeProcess node, String... codes) throws IOException {
    Files.writeString(
        node.etc().resolve("users.properties"),
        USER
            + " = "
            + PASSWORD
            + ",integrate,municipality-"
            + String.join(",municipality-", codes)
            + "\n");
  }

  /** The way to the broker of a node that was started once. */
  static ConnectionFactory of(NodeProcess node) throws IOException, GeneralSecurityException {
    Path trust = trust(node);
    String url =
        "tcp://localhost:%d?sslEnabled=true&trustStoreType=PKCS12&trustStorePath=%s&trustStorePassword=%s"
            .formatted(node.port("org.kiban.messaging.broker.cfg.json"), trust, PASSWORD);
    return new ActiveMQConnectionFactory(url, USER, PASSWORD);
  }

  private static Path trust(NodeProcess node) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(node.data().resolve("node/security/ca.crt"))) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    // Not below the node's folder: an address has no room for its spaces and Japanese.
    Path target = Files.createTempFile("kiban-trust", ".p12");
    target.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(target)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return target;
  }
}
