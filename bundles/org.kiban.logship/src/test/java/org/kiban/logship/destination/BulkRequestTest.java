package org.kiban.logship.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.storage.DurableFilesComponent;

/** What an OpenSearch in trouble answers, which a healthy one cannot be made to say. */
class BulkRequestTest {

  @TempDir private Path directory;
  private final Deque<BulkRequest.Door.Answer> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Integer> pauses = new ArrayList<>();

  @Test
  void repeatsOnlyWhatFailedForNow() throws IOException {
    answers.add(ok(201, 429, 409, 503));
    answers.add(ok(503, 201));
    answers.add(ok(201));

    request().send(items("a", "b", "c", "d"));

    assertThat(asked).containsExactly("abcd", "bd", "b");
    assertThat(pauses).containsExactly(1, 2);
  }

  @Test
  void repeatsAllWhenTheWholeRequestFailsForNow() throws IOException {
    answers.add(new BulkRequest.Door.Answer(429, new byte[0]));
    answers.add(ok(201, 201));

    request().send(items("a", "b"));

    assertThat(asked).containsExactly("ab", "ab");
  }

  @Test
  void findsTheEventThatCondemnsAWholeRequest() throws IOException {
    answers.add(new BulkRequest.Door.Answer(413, new byte[0]));
    answers.add(ok(201));
    answers.add(new BulkRequest.Door.Answer(413, new byte[0]));

    request().send(items("a", "b"));

    assertThat(asked).containsExactly("ab", "a", "b");
    assertThat(dead().all().size()).isEqualTo(1);
  }

  @Test
  void takesAFullDiskOverThereForNow() {
    for (int i = 0; i < 8; i++) {
      answers.add(ok(403));
    }
    assertThatThrownBy(() -> request().send(items("a"))).isInstanceOf(IOException.class);
    assertThat(pauses).hasSize(7);
  }

  private BulkRequest request() {
    return new BulkRequest(
        new BulkRequest.Door() {
          @Override
          public Answer post(byte[] body) {
            asked.add(
                new String(body, StandardCharsets.UTF_8).lines().collect(Collectors.joining()));
            return answers.remove();
          }

          @Override
          public void pause(int n) {
            pauses.add(n);
          }
        },
        dead());
  }

  private DeadLetters dead() {
    return new DeadLetters(directory, new DurableFilesComponent());
  }

  private static List<Bulk.Item> items(String... names) {
    return Arrays.stream(names)
        .map(n -> new Bulk.Item(n, (n + '\n').getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private static BulkRequest.Door.Answer ok(int... statuses) {
    String items =
        Arrays.stream(statuses)
            .mapToObj(s -> "{\"create\":{\"status\":" + s + "}}")
            .collect(Collectors.joining(","));
    return new BulkRequest.Door.Answer(
        200, ("{\"errors\":true,\"items\":[" + items + "]}").getBytes(StandardCharsets.UTF_8));
  }
}
