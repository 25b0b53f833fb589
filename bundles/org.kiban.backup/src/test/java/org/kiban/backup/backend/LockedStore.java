package org.kiban.backup.backend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bucket with versions and object lock that holds to both as S3's reference says, since no server
 * that does is to be had for tests: a version that is retained is not removed by anybody; a removal
 * without a version lays a marker over the object; whose id does not begin with {@code admin} may
 * not remove, except locks of the repository.
 */
final class LockedStore implements AutoCloseable {

  private static final int PAGE = 7;

  private final HttpServer server;
  private final TreeMap<String, List<Version>> objects = new TreeMap<>();
  private Instant now;
  private int versions;

  /** Content is null for a marker. */
  private record Version(String id, byte[] content, Instant until) {}

  /** What is answered instead of what was asked for. */
  private static final class Refusal extends RuntimeException {
    private final int status;

    Refusal(int status, String code) {
      super(code, null, false, false);
      this.status = status;
    }
  }

  LockedStore(Instant now) throws IOException {
    this.now = now;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.createContext("/box", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized void at(Instant later) {
    now = later;
  }

  synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  /** Ids of an object's versions and markers, oldest first. */
  synchronized List<String> versions(String key) {
    return objects.get(key).stream().map(Version::id).toList();
  }

  private void answer(HttpExchange request) throws IOException {
    byte[] body = request.getRequestBody().readAllBytes();
    byte[] answer;
    int status = 200;
    try {
      answer = done(request, body);
      status = request.getRequestMethod().equals("DELETE") ? 204 : 200;
      if (request.getRequestHeaders().containsKey("range")) {
        status = 206;
      }
    } catch (Refusal e) {
      answer = ("<Error><Code>" + e.getMessage() + "</Code></Error>").getBytes();
      status = e.status;
    }
    boolean bare = request.getRequestMethod().equals("HEAD") || status == 204;
    if (bare) {
      request.getResponseHeaders().set("Content-Length", String.valueOf(answer.length));
    }
    request.sendResponseHeaders(status, bare || answer.length == 0 ? -1 : answer.length);
    if (!bare) {
      request.getResponseBody().write(answer);
    }
    request.close();
  }

  private synchronized byte[] done(HttpExchange request, byte[] body) throws IOException {
    String path = request.getRequestURI().getPath();
    String key = path.length() > 5 ? path.substring(5) : "";
    Map<String, String> query = query(request.getRequestURI().getRawQuery());
    return switch (request.getRequestMethod()) {
      case "PUT" -> put(request, key, body);
      case "DELETE" -> delete(request, key, query.get("versionId"));
      case "GET" -> key.isEmpty() ? list(query) : part(request, newest(key));
      default -> key.isEmpty() ? new byte[0] : newest(key);
    };
  }

  private static Map<String, String> query(String raw) {
    return Stream.of(raw == null ? new String[0] : raw.split("&"))
        .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8).split("=", 2))
        .collect(Collectors.toMap(p -> p[0], p -> p.length > 1 ? p[1] : ""));
  }

  private byte[] newest(String key) {
    List<Version> all = objects.getOrDefault(key, List.of());
    if (all.isEmpty() || all.get(all.size() - 1).content() == null) {
      throw new Refusal(404, "NoSuchKey");
    }
    return all.get(all.size() - 1).content();
  }

  private static byte[] part(HttpExchange request, byte[] content) {
    String range = request.getRequestHeaders().getFirst("range");
    if (range == null) {
      return content;
    }
    String[] ends = range.substring("bytes=".length()).split("-");
    int to = Math.min(content.length, Integer.parseInt(ends[1]) + 1);
    return java.util.Arrays.copyOfRange(content, Integer.parseInt(ends[0]), to);
  }

  private byte[] put(HttpExchange request, String key, byte[] body) {
    String until = request.getRequestHeaders().getFirst("x-amz-object-lock-retain-until-date");
    if (until != null && !md5(body).equals(request.getRequestHeaders().getFirst("content-md5"))) {
      throw new Refusal(400, "InvalidRequest");
    }
    add(key, body, until == null ? Instant.MIN : Instant.parse(until));
    return new byte[0];
  }

  private void add(String key, byte[] content, Instant until) {
    objects
        .computeIfAbsent(key, k -> new ArrayList<>())
        .add(new Version("v" + ++versions, content, until));
  }

  private static String md5(byte[] body) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(body));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] delete(HttpExchange request, String key, String version) {
    String who = request.getRequestHeaders().getFirst("authorization");
    if (!who.contains("Credential=admin") && !key.contains("locks/")) {
      throw new Refusal(403, "AccessDenied");
    }
    if (version == null) {
      add(key, null, Instant.MIN);
      return new byte[0];
    }
    Version found =
        objects.get(key).stream().filter(v -> v.id().equals(version)).findFirst().orElseThrow();
    if (found.until().isAfter(now)) {
      throw new Refusal(403, "AccessDenied");
    }
    objects.get(key).remove(found);
    return new byte[0];
  }

  private byte[] list(Map<String, String> query) {
    boolean all = query.containsKey("versions");
    String after = query.getOrDefault(all ? "key-marker" : "continuation-token", "");
    List<String> found =
        objects.keySet().stream()
            .filter(k -> k.startsWith(query.get("prefix")) && k.compareTo(after) > 0)
            .toList();
    List<String> page = found.subList(0, Math.min(PAGE, found.size()));
    StringBuilder xml = new StringBuilder("<List>");
    for (String key : page) {
      List<Version> versions = objects.get(key);
      for (int i = versions.size() - 1; i >= 0; i--) {
        entry(xml, key, versions.get(i), all, i == versions.size() - 1);
      }
    }
    String last = page.isEmpty() ? "" : page.get(page.size() - 1);
    xml.append("<IsTruncated>%s</IsTruncated>".formatted(found.size() > PAGE))
        .append("<NextContinuationToken>%s</NextContinuationToken>".formatted(last))
        .append("<NextKeyMarker>%s</NextKeyMarker></List>".formatted(last));
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void entry(
      StringBuilder xml, String key, Version version, boolean all, boolean latest) {
    boolean marker = version.content() == null;
    if (all) {
      xml.append("<%s><Key>%s</Key>".formatted(marker ? "DeleteMarker" : "Version", key))
          .append("<VersionId>%s</VersionId>".formatted(version.id()))
          .append("</%s>".formatted(marker ? "DeleteMarker" : "Version"));
    } else if (latest && !marker) {
      xml.append("<Contents><Key>%s</Key>".formatted(key))
          .append("<Size>%d</Size></Contents>".formatted(version.content().length));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
