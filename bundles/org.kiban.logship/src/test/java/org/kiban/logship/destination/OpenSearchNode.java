package org.kiban.logship.destination;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.kiban.logship.tls.Peer;
import org.kiban.logship.tls.TestNode;
import org.opensearch.action.admin.indices.refresh.RefreshRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.SecureHttpTransportSettingsProvider;
import org.opensearch.plugins.SecureSettingsFactory;
import org.opensearch.plugins.SecureTransportSettingsProvider;
import org.opensearch.plugins.TransportExceptionHandler;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.sort.SortOrder;
import org.opensearch.transport.Netty4Plugin;

/** A real OpenSearch in this process, that asks for client certificates. */
final class OpenSearchNode extends Node {

  private static final String SERVER = "node.attr.server";
  private static final String CLIENT = "node.attr.client";

  private OpenSearchNode(Settings settings) {
    super(
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "search"),
        List.of(Netty4Plugin.class, Secure.class),
        false);
  }

  /** Starts one with its data in a directory. */
  static OpenSearchNode start(Path home, TestNode server, TestNode client, int port)
      throws NodeValidationException {
    Settings settings =
        Settings.builder()
            .put("path.home", home.toString())
            .put("path.data", home.resolve("data").toString())
            .put("cluster.name", "kiban-test")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", port == 0 ? "0" : String.valueOf(port))
            .put("transport.port", "0")
            .put("http.type", Netty4Plugin.NETTY_SECURE_HTTP_TRANSPORT_NAME)
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put(SERVER, server.directory().toString())
            .put(CLIENT, client.directory().toString())
            .build();
    OpenSearchNode node = new OpenSearchNode(settings);
    node.start();
    return node;
  }

  /** Where it speaks HTTPS. */
  int port() {
    return injector()
        .getInstance(HttpServerTransport.class)
        .boundAddress()
        .publishAddress()
        .getPort();
  }

  /** The documents of some indices, by their place. */
  List<SearchHit> documents(String indices) {
    return page(indices, new Object[0]);
  }

  /**
   * Some documents of some indices, by stream and place in it.
   *
   * @param after the sort values of the last one of the page before; empty for the first page
   */
  List<SearchHit> page(String indices, Object[] after) {
    client().admin().indices().refresh(new RefreshRequest(indices)).actionGet();
    SearchSourceBuilder source =
        new SearchSourceBuilder()
            .size(10_000)
            .sort("kiban.stream", SortOrder.ASC)
            .sort("kiban.offset", SortOrder.ASC);
    if (after.length > 0) {
      source.searchAfter(after);
    }
    SearchRequest all = new SearchRequest(indices).source(source);
    return List.of(client().search(all).actionGet().getHits().getHits());
  }

  /** Supplies TLS with client certificates. */
  public static final class Secure extends Plugin {

    private final Settings settings;

    /** Made by OpenSearch. */
    public Secure(Settings settings) {
      this.settings = settings;
    }

    @Override
    public Optional<SecureSettingsFactory> getSecureSettingFactory(Settings ignored) {
      return Optional.of(
          new SecureSettingsFactory() {
            @Override
            public Optional<SecureTransportSettingsProvider> getSecureTransportSettingsProvider(
                Settings s) {
              return Optional.empty();
            }

            @Override
            public Optional<SecureHttpTransportSettingsProvider>
                getSecureHttpTransportSettingsProvider(Settings s) {
              return Optional.of(new Tls(settings));
            }
          });
    }
  }

  private record Tls(Settings settings) implements SecureHttpTransportSettingsProvider {

    @Override
    public Optional<TransportExceptionHandler> buildHttpServerExceptionHandler(
        Settings s, HttpServerTransport transport) {
      return Optional.empty();
    }

    @Override
    public Optional<SSLEngine> buildSecureHttpServerEngine(
        Settings s, HttpServerTransport transport) {
      try {
        Path server = Path.of(settings.get(SERVER));
        Path client = Path.of(settings.get(CLIENT));
        SSLEngine engine =
            Peer.context(
                    new TestNode("search", server),
                    List.of(new Peer("client", client.resolve("ca.pem"))))
                .createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        return Optional.of(engine);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
