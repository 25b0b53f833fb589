package org.kiban.platform.remote;

import java.net.URI;

/**
 * A part of a bucket of an S3-compatible store.
 *
 * @param endpoint scheme, host and port
 * @param prefix in front of every key, without slashes at its ends; may be empty
 * @param pathStyle whether the bucket stands in the path, as most stores of one's own want it, or
 *     in the host's name
 */
public record S3Address(
    URI endpoint, String bucket, String prefix, String region, boolean pathStyle) {

  /** A key's full name in the bucket. */
  public String key(String below) {
    return prefix.isEmpty() ? below : prefix + '/' + below;
  }

  /** Host and, unless it is the usual one, port. */
  String host() {
    int port = endpoint.getPort();
    boolean usual = port < 0 || port == (endpoint.getScheme().equals("https") ? 443 : 80);
    String host = pathStyle ? endpoint.getHost() : bucket + '.' + endpoint.getHost();
    return usual ? host : host + ':' + port;
  }

  /** A key's path in a request, not yet encoded; the bucket's own for an empty one. */
  String path(String key) {
    return pathStyle ? '/' + bucket + (key.isEmpty() ? "" : '/' + key) : '/' + key;
  }

  @Override
  public String toString() {
    return "s3:" + endpoint + '/' + bucket + (prefix.isEmpty() ? "" : '/' + prefix);
  }
}
