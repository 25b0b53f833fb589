package org.kiban.backup.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kiban.backup.BackupMessage;
import org.kiban.backup.backend.Backend.Kind;
import org.kiban.backup.backend.S3Backend.ObjectLock;
import org.kiban.core.KibanException;
import org.kiban.platform.remote.S3Address;
import org.kiban.platform.remote.S3Signature;
import org.kiban.platform.remote.TransientException;

/** What a store is asked to keep, and how its refusals are understood. */
class ObjectLockTest {

  private final Map<String, Headers> stored = new ConcurrentHashMap<>();
  private HttpServer server;
  private Backend backend;
  private int status = 200;
  private String code = "";

  @BeforeEach
  void givenAStoreThatTakesEverything() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        request -> {
          request.getRequestBody().readAllBytes();
          boolean puts = request.getRequestMethod().equals("PUT");
          if (puts) {
            stored.put(request.getRequestURI().getPath(), request.getRequestHeaders());
          }
          byte[] answer = ("<Error><Code>" + code + "</Code></Error>").getBytes();
          request.sendResponseHeaders(puts ? status : 404, puts ? answer.length : -1);
          if (puts) {
            request.getResponseBody().write(answer);
          }
          request.close();
        });
    server.start();
    backend =
        new S3Backend(
            new S3Address(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "box",
                "",
                "jp-east",
                true),
            "id:key",
            Optional.of(new ObjectLock("COMPLIANCE", Duration.ofDays(30))),
            InstantSource.fixed(Instant.parse("2026-04-01T00:00:00.123Z")),
            bytes -> {},
            bytes -> {});
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Headers saved(Kind kind) throws Exception {
    String name = kind == Kind.CONFIG ? "config" : S3Signature.hash(new byte[5], 5);
    backend.save(kind, name, new byte[5], 5);
    return stored.get("/box/" + kind.path(name));
  }

  @Test
  void everything_is_kept_but_locks_which_must_go() throws Exception {
    for (Kind kind : Kind.values()) {
      Headers headers = saved(kind);
      if (kind == Kind.LOCK) {
        assertThat(headers.keySet()).noneMatch(h -> h.toLowerCase().contains("object-lock"));
      } else {
        assertThat(headers.getFirst("x-amz-object-lock-mode")).isEqualTo("COMPLIANCE");
        assertThat(headers.getFirst("x-amz-object-lock-retain-until-date"))
            .isEqualTo("2026-05-01T00:00:00Z");
        assertThat(headers.getFirst("content-md5")).isEqualTo("ypxJGsZrLGJQCILpPzcZqA==");
        assertThat(headers.getFirst("authorization"))
            .contains("content-md5;")
            .contains("x-amz-object-lock-mode;");
      }
    }
  }

  @Test
  void refusals_are_told_apart() {
    status = 503;
    code = "SlowDown";
    assertThatThrownBy(() -> saved(Kind.PACK))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("503 SlowDown");
    status = 400;
    code = "InvalidRequest";
    assertThatThrownBy(() -> saved(Kind.PACK))
        .isNotInstanceOf(TransientException.class)
        .hasMessageContaining("400 InvalidRequest");
    status = 507;
    code = "XMinioStorageFull";
    assertThatThrownBy(() -> saved(Kind.PACK))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(BackupMessage.NO_ROOM));
    status = 403;
    code = "AccessDenied";
    assertThatThrownBy(() -> saved(Kind.PACK))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(BackupMessage.NO_ACCESS))
        .hasMessageContaining("AccessDenied");
  }
}
