package org.kiban.exchange.remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kiban.core.Partners;
import org.kiban.core.keys.Secrets;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Transport;
import org.kiban.platform.remote.S3Address;
import org.kiban.platform.remote.S3Requests;
import org.kiban.platform.remote.S3Signature;
import org.kiban.platform.remote.Throttle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Objects in S3-compatible stores: {@code transport: s3}. */
@Component(service = Transport.class, configurationPid = "org.kiban.exchange.remote")
public final class S3Transport extends RemoteTransport {

  private static final Pattern URL =
      Pattern.compile("s3:(https?://[^/]+)/([a-z0-9][a-z0-9.-]{1,62})(?:/(.*?)/?)?");

  private final Egress egress;

  private record Ready(String secret, S3Requests requests) {}

  /** Connects to nothing yet. */
  @Activate
  public S3Transport(
      RemoteSettings settings,
      @Reference Partners partners,
      @Reference Secrets secrets,
      @Reference DurableFiles files) {
    super(
        "s3",
        Set.of("region", "path-style", "sse", "sse-kms-key", "tags"),
        true,
        partners,
        secrets,
        files);
    this.egress = Egress.of(settings);
  }

  @Override
  Store store(Endpoint endpoint, Options options) {
    Matcher url = URL.matcher(options.url());
    if (!url.matches()) {
      throw new IllegalArgumentException(
          "url: not s3:https://host:port/bucket/prefix: " + options.url());
    }
    URI store = URI.create(url.group(1));
    int usual = store.getScheme().equals("https") ? 443 : 80;
    egress.require(store.getHost(), store.getPort() < 0 ? usual : store.getPort());
    S3Address address =
        new S3Address(
            store,
            url.group(2),
            url.group(3) == null ? "" : url.group(3),
            options.text("region", "us-east-1"),
            Boolean.parseBoolean(options.text("path-style", "true")));
    ProxySelector proxy = selector(egress.proxyOf(options));
    Throttle throttle = options.throttle();
    AtomicReference<Ready> ready = new AtomicReference<>();
    return new S3Store(
        address,
        () -> requests(address, options.secret(), throttle, proxy, ready),
        headers(options),
        options.keeps());
  }

  private static ProxySelector selector(Proxy proxy) {
    if (proxy.type() == Proxy.Type.SOCKS) {
      throw new IllegalArgumentException("proxy: transport s3 goes through an HTTP proxy only");
    }
    return proxy == Proxy.NO_PROXY
        ? HttpClient.Builder.NO_PROXY
        : ProxySelector.of((InetSocketAddress) proxy.address());
  }

  private static S3Requests requests(
      S3Address address,
      String secret,
      Throttle throttle,
      ProxySelector proxy,
      AtomicReference<Ready> ready)
      throws IOException {
    Ready last = ready.get();
    if (last != null && last.secret().equals(secret)) {
      return last.requests();
    }
    int colon = secret.indexOf(':');
    if (colon < 1) {
      throw new IOException("the secret is not of the form id:key");
    }
    S3Signature signature =
        new S3Signature(
            secret.substring(0, colon), secret.substring(colon + 1).strip(), address.region());
    S3Requests made =
        new S3Requests(address, signature, Clock.systemUTC(), throttle, throttle, proxy);
    ready.set(new Ready(secret, made));
    return made;
  }

  private static Map<String, String> headers(Options options) {
    Map<String, String> headers = new HashMap<>();
    put(headers, "x-amz-server-side-encryption", options.text("sse", ""));
    put(headers, "x-amz-server-side-encryption-aws-kms-key-id", options.text("sse-kms-key", ""));
    put(headers, "x-amz-tagging", options.text("tags", ""));
    return headers;
  }

  private static void put(Map<String, String> headers, String name, String value) {
    if (!value.isEmpty()) {
      headers.put(name, value);
    }
  }
}
