package org.kiban.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.kiban.core.keys.TlsIdentity;

class PaxWebSettingsTest {

  @Test
  void opensOneHttpsConnectorAndNoPlainOne() {
    Map<String, String> settings = PaxWebSettings.of(new Config(), new Identity());

    assertThat(settings)
        .containsEntry("org.osgi.service.http.enabled", "false")
        .containsEntry("org.osgi.service.http.secure.enabled", "true")
        .containsEntry("org.osgi.service.http.port.secure", "9443")
        .containsEntry("org.ops4j.pax.web.listening.addresses", "127.0.0.1")
        .containsEntry("org.ops4j.pax.web.ssl.keystore", "/data/node.p12")
        .containsEntry("org.ops4j.pax.web.ssl.keystore.password", "秘密")
        .containsEntry("org.ops4j.pax.web.ssl.protocols.included", "TLSv1.2,TLSv1.3")
        .containsEntry("org.ops4j.pax.web.server.connector.idleTimeout", "7000");
  }

  @Test
  void withoutACertificateNothingListens() {
    assertThat(PaxWebSettings.of(new Config(), null))
        .containsEntry("org.osgi.service.http.enabled", "false")
        .containsEntry("org.osgi.service.http.secure.enabled", "false")
        .doesNotContainKey("org.ops4j.pax.web.ssl.keystore.password");
  }

  private static final class Identity implements TlsIdentity {
    @Override
    public Path keyStore() {
      return Path.of("/data/node.p12");
    }

    @Override
    public Path trustStore() {
      return Path.of("/data/trust.p12");
    }

    @Override
    public char[] password() {
      return "秘密".toCharArray();
    }

    @Override
    public SSLContext context() {
      throw new AssertionError("settings need no context");
    }
  }

  @SuppressWarnings("all") // an annotation is a type like others where the component runtime is not
  private static final class Config implements HttpConfig {
    @Override
    public String address() {
      return "127.0.0.1";
    }

    @Override
    public int port() {
      return 9443;
    }

    @Override
    public int idle$_$timeout$_$seconds() {
      return 7;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return HttpConfig.class;
    }
  }
}
