package org.kiban.route.wall;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceSupport;
import org.apache.camel.support.service.ServiceSupport;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Finds what a route may load: files beside it, and secrets ({@code secret:<name>}), for example
 * the private key of an SFTP client. Nothing from the class path, from elsewhere on disk or over
 * the network.
 */
final class ResourceRules extends ServiceSupport implements org.apache.camel.spi.ResourceLoader {

  private final Grounds grounds;
  private org.apache.camel.CamelContext context;

  ResourceRules(Grounds grounds) {
    this.grounds = grounds;
  }

  @Override
  public org.apache.camel.CamelContext getCamelContext() {
    return context;
  }

  @Override
  public void setCamelContext(org.apache.camel.CamelContext camelContext) {
    this.context = camelContext;
  }

  @Override
  public Resource resolveResource(String uri) {
    if (uri.startsWith("secret:")) {
      String name = uri.substring("secret:".length());
      return new Loaded("secret", uri, () -> stream(grounds.secret(name)));
    }
    // Camel writes classpath: before what has no scheme; for a route that is what lies beside it.
    String path = uri.replaceFirst("^(file:(//)?|classpath:/*)", "");
    if (path.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      throw forbidden(uri, null);
    }
    try {
      Path file = grounds.resources().inside(path);
      return new Loaded("file", uri, () -> Files.newInputStream(file));
    } catch (KibanException e) {
      throw forbidden(uri, e);
    }
  }

  private static KibanException forbidden(String uri, Throwable cause) {
    return new KibanException(cause, Outcome.REFUSED, WallMessage.FORBIDDEN_RESOURCE, uri);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Opens what was found. */
  @FunctionalInterface
  private interface Opening {
    InputStream open() throws IOException;
  }

  /** What was found. */
  private static final class Loaded extends ResourceSupport {

    private final Opening opening;

    Loaded(String scheme, String location, Opening opening) {
      super(scheme, location);
      this.opening = opening;
    }

    @Override
    public boolean exists() {
      try (InputStream in = opening.open()) {
        return in != null;
      } catch (IOException | KibanException e) {
        return false;
      }
    }

    @Override
    public java.net.URI getURI() {
      return java.net.URI.create(getLocation().replace(' ', '+'));
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return opening.open();
    }
  }
}
