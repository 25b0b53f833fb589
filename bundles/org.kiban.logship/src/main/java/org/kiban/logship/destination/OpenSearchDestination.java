package org.kiban.logship.destination;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.kiban.logship.ship.Destination;
import org.kiban.logship.ship.Letter;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.ship.SourceId;

/**
 * OpenSearch. It keeps no positions: a document's id is its event's place, so that a repeat is
 * answered as being there. One thread sends, in order.
 */
final class OpenSearchDestination implements Destination, BulkRequest.Door {

  /** Makes the TLS context anew for each start, so that changed certificates count. */
  interface Trust {
    SSLContext context() throws IOException;
  }

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(120);
  private static final long FIRST_PAUSE_MILLISECONDS = 100;
  private static final int OK = 200;
  private static final String JSON_TYPE = "application/json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final Trust trust;
  private final Supplier<Optional<String>> authorization;
  private final Bulk bulk;
  private final BulkRequest request;
  private final DeadLetters dead;
  private final ExecutorService sender;
  private final Set<SourceId> broken = new HashSet<>();
  private volatile HttpClient client;
  private volatile boolean closed;

  /**
   * @param authorization the value of that header, if there is one
   */
  OpenSearchDestination(
      URI url, Trust trust, Supplier<Optional<String>> authorization, Bulk bulk, DeadLetters dead) {
    this.url = url;
    this.trust = trust;
    this.authorization = authorization;
    this.bulk = bulk;
    this.request = new BulkRequest(this, dead);
    this.dead = dead;
    this.sender =
        Executors.newSingleThreadExecutor(
            task -> new Thread(task, "kiban-logship-" + bulk.prefix()));
  }

  @Override
  public Position position(Origin source, Position remembered) throws IOException {
    connect();
    // Behind everything that is under way: what failed before this does not count any more.
    CompletableFuture.runAsync(() -> broken.remove(source.id()), sender).join();
    return remembered;
  }

  @Override
  public long stored(Origin source, Position sent) throws IOException {
    connect();
    expect(call(client, "POST", bulk.indices() + "/_refresh", JSON_TYPE, new byte[0]));
    HttpResponse<byte[]> answer =
        call(client, "POST", bulk.indices() + "/_count", JSON_TYPE, bulk.query(source, sent));
    expect(answer);
    return JSON.readTree(answer.body()).path("count").asLong();
  }

  @Override
  public List<Letter> dead() throws IOException {
    List<Letter> all = new ArrayList<>();
    dead.all().values().forEach(kept -> kept.forEach(k -> all.add(k.letter())));
    return all;
  }

  @Override
  public List<Letter> retry() throws IOException {
    connect();
    return dead.retry(this);
  }

  @Override
  public List<Letter> giveUp() throws IOException {
    return dead.giveUp();
  }

  private void expect(HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() != OK) {
      throw new IOException("OpenSearch answers " + answer.statusCode() + " to " + answer.uri());
    }
  }

  private void connect() throws IOException {
    if (client == null) {
      HttpClient made =
          HttpClient.newBuilder()
              .sslContext(trust.context())
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT)
              .build();
      putTemplate(made);
      client = made;
    }
  }

  @Override
  public CompletableFuture<Position> send(Segment segment) throws IOException {
    CompletableFuture<Position> answer = new CompletableFuture<>();
    try {
      sender.execute(() -> deliver(segment, answer));
    } catch (RejectedExecutionException e) {
      throw new IOException("closed", e);
    }
    return answer;
  }

  @Override
  public void close() {
    closed = true;
    sender.shutdownNow();
  }

  @Override
  public Answer post(byte[] body) throws IOException {
    HttpResponse<byte[]> answer = call(client, "POST", "_bulk", "application/x-ndjson", body);
    return new Answer(answer.statusCode(), answer.body());
  }

  @Override
  public void pause(int n) throws IOException {
    try {
      synchronized (this) {
        wait(FIRST_PAUSE_MILLISECONDS << n);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    }
  }

  private void deliver(Segment segment, CompletableFuture<Position> answer) {
    SourceId id = segment.origin().id();
    try {
      if (closed || client == null || broken.contains(id)) {
        throw new IOException("an earlier segment of this source was not taken");
      }
      request.send(bulk.items(segment));
      answer.complete(segment.after());
    } catch (IOException | RuntimeException e) {
      broken.add(id);
      answer.completeExceptionally(e);
    }
  }

  private void putTemplate(HttpClient by) throws IOException {
    String name = "kiban-" + bulk.prefix();
    byte[] body =
        ("{\"index_patterns\": [\"" + bulk.prefix() + "-*\"]," + template().strip().substring(1))
            .getBytes(StandardCharsets.UTF_8);
    HttpResponse<byte[]> answer = call(by, "PUT", "_index_template/" + name, JSON_TYPE, body);
    if (answer.statusCode() != OK) {
      throw new IOException(
          "OpenSearch refuses the index template " + name + ": " + answer.statusCode());
    }
  }

  private static String template() throws IOException {
    try (InputStream in =
        OpenSearchDestination.class.getResourceAsStream(
            "/org/kiban/logship/opensearch-template.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpResponse<byte[]> call(
      HttpClient by, String method, String path, String type, byte[] body) throws IOException {
    HttpRequest.Builder call =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(ANSWER)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofByteArray(body));
    authorization.get().ifPresent(a -> call.header("Authorization", a));
    try {
      return by.send(call.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    }
  }
}
