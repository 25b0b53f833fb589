package org.kiban.route.wall;

import java.io.IOException;
import java.util.Map;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.annotations.Component;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.kiban.core.KibanException;

/**
 * Camel's HTTP client, whose every request goes to a declared partner: those that a header names
 * and those that a redirect leads to as well, before a connection is made.
 */
@Component("http,https")
final class WalledHttp extends HttpComponent {

  private final Peers peers;

  WalledHttp(Peers peers) {
    this.peers = peers;
    setUseGlobalSslContextParameters(true);
  }

  @Override
  protected HttpClientConfigurer createHttpClientConfigurer(
      Map<String, Object> parameters, boolean secure) throws Exception {
    HttpClientConfigurer configurer = super.createHttpClientConfigurer(parameters, secure);
    return builder -> {
      if (configurer != null) {
        configurer.configureHttpClient(builder);
      }
      builder.addExecInterceptorBefore(ChainElement.CONNECT.name(), "kiban-wall", new Door());
    };
  }

  /** Lets requests to partners pass. */
  private final class Door implements ExecChainHandler {
    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
        throws IOException, HttpException {
      HttpRoute route = scope.route;
      HttpHost target = route.getTargetHost();
      try {
        if (route.getProxyHost() != null) {
          HttpHost proxy = route.getProxyHost();
          peers.require(proxy.getSchemeName(), proxy.getHostName(), proxy.getPort());
        }
        peers.require(target.getSchemeName(), target.getHostName(), target.getPort());
      } catch (KibanException e) {
        throw new IOException(e.getMessage(), e);
      }
      return chain.proceed(request, scope);
    }
  }
}
