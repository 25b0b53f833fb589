package org.kiban.route.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.storage.DurableFilesComponent;

class FailedExchangesTest {

  private static final Instant AT = Instant.parse("2026-11-23T00:00:00Z");

  @TempDir private Path root;

  @Test
  void comes_back_as_it_was() throws IOException {
    FailedExchanges failed = failed(1);
    Map<String, Object> headers =
        Map.of("text", "個人", "int", 1, "long", 2L, "double", 1.5, "truth", true);
    String first = failed.keep("a", content(headers, true, "本文"));
    String second = failed.keep("a", content(Map.of(), false, null));

    assertThat(failed.ids("a")).containsExactly(first, second);
    assertThat(failed.read("a", first).headers()).isEqualTo(headers);
    assertThat(failed.read("a", first).body()).asString().isEqualTo("本文");
    assertThat(failed.read("a", second).body()).isNull();
    assertThat(failed.view("a", first).bytes()).isEqualTo(6);
    failed.forget("a", first);
    assertThat(failed.count("a")).isEqualTo(1);
    assertThat(failed.count("other")).isZero();
  }

  @Test
  void is_unreadable_with_another_key_or_under_another_id_or_when_changed() throws IOException {
    FailedExchanges failed = failed(1);
    String id = failed.keep("a", content(Map.of(), true, "秘密"));
    Path file = root.resolve("a").resolve(id + ".exchange");
    byte[] bytes = Files.readAllBytes(file);

    assertThat(bytes).asString(StandardCharsets.UTF_8).doesNotContain("秘密");
    assertThatThrownBy(() -> failed(2).read("a", id)).isInstanceOf(IOException.class);
    Files.write(root.resolve("a").resolve("other.exchange"), bytes);
    assertThatThrownBy(() -> failed.read("a", "other")).isInstanceOf(IOException.class);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> failed.read("a", id)).isInstanceOf(IOException.class);
  }

  private static FailedExchanges.Content content(
      Map<String, Object> headers, boolean text, String body) {
    return new FailedExchanges.Content(
        AT,
        "r",
        "file:in",
        "IOException",
        headers,
        text,
        body == null ? null : body.getBytes(StandardCharsets.UTF_8));
  }

  private FailedExchanges failed(int key) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) key;
    return new FailedExchanges(
        root, new SecretKeySpec(bytes, "AES"), new DurableFilesComponent(), () -> AT);
  }
}
