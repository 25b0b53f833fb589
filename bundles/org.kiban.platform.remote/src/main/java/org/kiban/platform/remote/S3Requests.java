package org.kiban.platform.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;

/** Signed requests to one bucket, over the JDK's own HTTP. Safe for several threads. */
public final class S3Requests {

  // A pack over a line of 128 kbit/s; without an end, a dead line would hold a run for ever.
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static final String NOTHING = S3Signature.hash(new byte[0], 0);

  private final S3Address address;
  private final S3Signature signature;
  private final InstantSource clock;
  private final Throttle up;
  private final Throttle down;
  private final HttpClient http;

  /** Connects when it is first used, to the store itself. */
  public S3Requests(
      S3Address address, S3Signature signature, InstantSource clock, Throttle up, Throttle down) {
    this(address, signature, clock, up, down, HttpClient.Builder.NO_PROXY);
  }

  /** Connects when it is first used, as the selector says. */
  public S3Requests(
      S3Address address,
      S3Signature signature,
      InstantSource clock,
      Throttle up,
      Throttle down,
      ProxySelector proxy) {
    this.address = address;
    this.signature = signature;
    this.clock = clock;
    this.up = up;
    this.down = down;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .proxy(proxy)
            .build();
  }

  /** What came back. */
  public record Answer(int status, HttpResponse<byte[]> response) {
    /** What came with it. */
    public byte[] body() {
      return response.body();
    }

    /** How long the object is, or -1. */
    public long length() {
      return response.headers().firstValueAsLong("content-length").orElse(-1);
    }
  }

  /** A request without content. */
  public Answer send(
      String method, String key, Map<String, String> query, Map<String, String> headers)
      throws IOException {
    return send(method, key, query, headers, NOTHING, BodyPublishers.noBody());
  }

  /**
   * Stores an object.
   *
   * @param hash SHA-256 of the content, to which the server holds what arrives
   */
  public Answer put(
      String key, Map<String, String> headers, byte[] content, int length, String hash)
      throws IOException {
    return send("PUT", key, Map.of(), headers, content, length, hash);
  }

  /** A request with content; {@code hash} as for {@link #put}. */
  public Answer send(
      String method,
      String key,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] content,
      int length,
      String hash)
      throws IOException {
    BodyPublisher body =
        length == 0
            ? BodyPublishers.noBody()
            : BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> held(content, length)), length);
    return send(method, key, query, headers, hash, body);
  }

  /** The content, no faster than it may go. */
  private InputStream held(byte[] content, int length) {
    return new ByteArrayInputStream(content, 0, length) {
      @Override
      public int read(byte[] into, int offset, int wanted) {
        int slice = Math.min(wanted, Math.min(Throttle.SLICE, available()));
        take(up, slice);
        return super.read(into, offset, Math.min(wanted, Throttle.SLICE));
      }
    };
  }

  private static void take(Throttle throttle, int bytes) {
    try {
      for (int left = bytes; left > 0; left -= Throttle.SLICE) {
        throttle.take(Math.min(left, Throttle.SLICE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer send(
      String method,
      String key,
      Map<String, String> query,
      Map<String, String> headers,
      String hash,
      BodyPublisher body)
      throws IOException {
    String path = address.path(key);
    SortedMap<String, String> parameters = new TreeMap<>(query);
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.put("host", address.host());
    signed.put("x-amz-date", S3Signature.time(clock.instant()));
    signed.put("x-amz-content-sha256", hash);
    String authorization = signature.authorization(method, path, parameters, signed);
    String uri =
        address.endpoint().getScheme() + "://" + address.host() + S3Signature.encoded(path, true);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(parameters.isEmpty() ? uri : uri + '?' + S3Signature.query(parameters)))
            .method(method, body)
            .header("authorization", authorization);
    signed.remove("host"); // the client sends it itself
    signed.forEach(request::header);
    HttpResponse<byte[]> response = answered(request.build());
    return new Answer(response.statusCode(), response);
  }

  private HttpResponse<byte[]> answered(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> future = http.sendAsync(request, received());
    AtomicReference<HttpResponse<byte[]>> response = new AtomicReference<>();
    try {
      Waits.until(
          () -> {
            try {
              response.set(future.get(LONGEST.toSeconds(), TimeUnit.SECONDS));
            } catch (ExecutionException | TimeoutException e) {
              future.completeExceptionally(e);
            }
          });
    } finally {
      future.cancel(true);
    }
    if (response.get() == null) {
      throw failed(future);
    }
    return response.get();
  }

  private static IOException failed(CompletableFuture<?> future) {
    Throwable cause = future.handle((done, e) -> e).join();
    while (cause.getCause() != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    return cause instanceof SSLException
        ? new IOException("no secure connection: " + cause.getMessage(), cause)
        : new TransientException("no answer: " + cause, cause);
  }

  /** Into memory, no faster than it may come: what is not taken stays with the sender. */
  private BodyHandler<byte[]> received() {
    return info -> {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      return BodySubscribers.mapping(
          BodySubscribers.ofByteArrayConsumer(
              part ->
                  part.ifPresent(
                      bytes -> {
                        take(down, bytes.length);
                        all.writeBytes(bytes);
                      })),
          nothing -> all.toByteArray());
    };
  }
}
