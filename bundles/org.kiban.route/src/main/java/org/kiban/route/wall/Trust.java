package org.kiban.route.wall;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.kiban.core.keys.TlsIdentity;

/** TLS of routes: the node's certificate and the authorities that it trusts, as they are now. */
final class Trust extends SSLContextParameters {

  private final TlsIdentity identity;

  Trust(TlsIdentity identity) {
    this.identity = identity;
  }

  @Override
  public SSLContext createSSLContext(CamelContext context) {
    return identity.context();
  }

  /** The same authorities for clients that make their own context. */
  static TrustManager[] managers(TlsIdentity identity) {
    try (InputStream in = Files.newInputStream(identity.trustStore())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, identity.password());
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the node's trust store cannot be read", e);
    }
  }
}
