package org.kiban.route.wall;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.UnsafeUriCharactersEncoder;
import org.kiban.core.KibanException;

/**
 * A context whose endpoints are judged before they are made, whoever asks for them: the route, or a
 * message that names where it goes ({@code toD}, {@code recipientList}, {@code pollEnrich} …).
 */
final class WalledContext extends DefaultCamelContext {

  private final Grounds grounds;
  private final EndpointRules rules;

  WalledContext(Grounds grounds, EndpointRules rules) {
    super(false);
    this.grounds = grounds;
    this.rules = rules;
  }

  @Override
  protected Endpoint doGetEndpoint(
      String uri, Map<String, Object> parameters, boolean normalized, boolean prototype) {
    String resolved = uri;
    try {
      if (!normalized) {
        resolved =
            EndpointHelper.resolveEndpointUriPropertyPlaceholders(
                this, URISupport.textBlockToSingleLine(uri));
      }
      judge(resolved, parameters);
    } catch (KibanException e) {
      // Camel looks for this one where it names the line; the text must not hold what was resolved.
      throw new ResolveEndpointFailedException(URISupport.sanitizeUri(uri), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ResolveEndpointFailedException(URISupport.sanitizeUri(uri), e);
    }
    Endpoint endpoint;
    try {
      endpoint = super.doGetEndpoint(resolved, parameters, normalized, prototype);
    } catch (ResolveEndpointFailedException e) {
      throw clean(uri, e);
    }
    made(endpoint);
    return endpoint;
  }

  /** Camel's reason, without the URI that placeholders made and without values of options. */
  private ResolveEndpointFailedException clean(String uri, ResolveEndpointFailedException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof KibanException) {
        return new ResolveEndpointFailedException(URISupport.sanitizeUri(uri), t);
      }
    }
    String reason = e.getMessage().replaceFirst("(?s)^Failed to resolve endpoint: .* due to: ", "");
    return new ResolveEndpointFailedException(
        URISupport.sanitizeUri(uri), grounds.withoutSecrets(reason));
  }

  /** Takes a URI apart as {@code DefaultComponent} will. */
  private void judge(String uri, Map<String, Object> parameters) throws Exception {
    if (hasComponent(scheme(uri)) != null && !EndpointRules.COMPONENTS.contains(scheme(uri))) {
      // The node's own, put in by the one who built this context; a route can add none.
      return;
    }
    String normal = EndpointHelper.normalizeEndpointUri(uri);
    String scheme = scheme(normal);
    URI parsed = new URI(UnsafeUriCharactersEncoder.encode(normal));
    String rest = parsed.getScheme() == null ? "" : URISupport.extractRemainderPath(parsed, false);
    Map<String, Object> options = new HashMap<>(URISupport.parseParameters(parsed));
    if (parameters != null) {
      options.putAll(parameters);
    }
    URISupport.resolveRawParameterValues(options);
    rules.judge(scheme, rest, options);
  }

  private static String scheme(String uri) {
    int end = uri.length();
    for (char c : new char[] {':', '?'}) {
      int at = uri.indexOf(c);
      end = at < 0 ? end : Math.min(end, at);
    }
    return uri.substring(0, end);
  }

  /** Looks once more at what was made, in case a component read the URI in another way. */
  private void made(Endpoint endpoint) {
    if (endpoint instanceof FileEndpoint file) {
      grounds.folders().inside(file.getFile().getPath());
    } else if (endpoint instanceof RemoteFileEndpoint<?> remote) {
      var at = remote.getConfiguration();
      grounds.peers().require(at.getProtocol(), at.getHost(), at.getPort());
    } else if (endpoint instanceof HttpEndpoint http) {
      URI at = http.getHttpUri();
      grounds.peers().require(at.getScheme(), at.getHost(), at.getPort());
    } else if (endpoint instanceof MailEndpoint mail) {
      var at = mail.getConfiguration();
      grounds.peers().require(at.getProtocol(), at.getHost(), at.getPort());
    } else if (endpoint instanceof AWS2S3Endpoint s3) {
      URI at =
          URI.create(StringHelper.notEmpty(s3.getConfiguration().getUriEndpointOverride(), ""));
      grounds.peers().require(at.getScheme(), at.getHost(), at.getPort());
    }
  }
}
