package org.kiban.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.kiban.core.keys.TlsIdentity;

/** Pax Web's configuration, in its words. Pure functions. */
final class PaxWebSettings {

  private static final String HTTP = "org.osgi.service.http.";
  private static final String WEB = "org.ops4j.pax.web.";
  private static final String SSL = WEB + "ssl.";
  private static final String SUITES =
      "TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256,TLS_CHACHA20_POLY1305_SHA256,"
          + "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,"
          + "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,"
          + "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,"
          + "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256";

  private PaxWebSettings() {}

  /**
   * The settings.
   *
   * @param identity the node's certificate, or null to listen nowhere
   */
  static Map<String, String> of(HttpConfig config, TlsIdentity identity) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(HTTP + "enabled", "false");
    settings.put(HTTP + "secure.enabled", String.valueOf(identity != null));
    settings.put(WEB + "server.showStacks", "false");
    settings.put(WEB + "resource.dirListing", "false");
    settings.put(WEB + "session.cookie.secure", "true");
    settings.put(WEB + "session.cookie.httpOnly", "true");
    settings.put(WEB + "session.cookie.sameSite", "strict");
    settings.put(WEB + "server.maxThreads", "40");
    settings.put(WEB + "server.minThreads", "4");
    settings.put(WEB + "server.threadNamePrefix", "kiban-http");
    if (identity != null) {
      String password = new String(identity.password());
      settings.put(HTTP + "port.secure", String.valueOf(config.port()));
      settings.put(WEB + "listening.addresses", config.address());
      settings.put(
          WEB + "server.connector.idleTimeout",
          String.valueOf(config.idle$_$timeout$_$seconds() * 1000L));
      settings.put(SSL + "keystore", identity.keyStore().toString());
      settings.put(SSL + "keystore.type", "PKCS12");
      settings.put(SSL + "keystore.password", password);
      settings.put(SSL + "key.password", password);
      settings.put(SSL + "truststore", identity.trustStore().toString());
      settings.put(SSL + "truststore.type", "PKCS12");
      settings.put(SSL + "truststore.password", password);
      settings.put(SSL + "protocols.included", "TLSv1.2,TLSv1.3");
      settings.put(SSL + "ciphersuites.included", SUITES);
      settings.put(SSL + "renegotiationAllowed", "false");
    }
    return settings;
  }
}
