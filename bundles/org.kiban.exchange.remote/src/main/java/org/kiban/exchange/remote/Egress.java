package org.kiban.exchange.remote;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Which places may be reached, and by which proxy.
 *
 * @param allowed each {@code host:port}
 */
record Egress(Set<String> allowed, Proxy proxy) {

  private static final String FILE = "etc/org.kiban.exchange.remote.cfg.json";

  static Egress of(RemoteSettings settings) {
    return new Egress(
        Set.copyOf(Arrays.asList(settings.allowed())), proxy(settings.proxy(), FILE + ": proxy"));
  }

  private static Proxy proxy(String text, String where) {
    if (text.isEmpty()) {
      return Proxy.NO_PROXY;
    }
    Map<String, Proxy.Type> types = Map.of("http", Proxy.Type.HTTP, "socks", Proxy.Type.SOCKS);
    URI uri = URI.create(text);
    Proxy.Type type = types.get(String.valueOf(uri.getScheme()));
    if (type == null || uri.getHost() == null || uri.getPort() < 1) {
      throw new IllegalArgumentException(
          where + ": not http://host:port or socks://host:port: " + text);
    }
    return new Proxy(type, new InetSocketAddress(uri.getHost(), uri.getPort()));
  }

  /** Refuses a place that is not on the list. */
  void require(String host, int port) {
    if (!allowed.contains(host + ":" + port)) {
      throw new IllegalArgumentException(
          "url: "
              + host
              + ":"
              + port
              + " may not be reached; add \""
              + host
              + ":"
              + port
              + "\" to allowed in "
              + FILE);
    }
  }

  /** The proxy of a route: its own, {@code none}, or the node's. */
  Proxy proxyOf(Options options) {
    String own = options.text("proxy", "");
    if (own.equals("none")) {
      return Proxy.NO_PROXY;
    }
    return own.isEmpty() ? proxy : proxy(own, "proxy");
  }
}
