package org.kiban.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.backup.BackupSource.View;

/** Copies of a broker that is sent to meanwhile. */
class BrokerSourceTest {

  private static final Pattern COUNTED =
      Pattern.compile("\"332020\":\\{\"least\":(\\d+),\"most\":(\\d+)}");

  /** Small files: a copy meets many of them, and compaction. */
  private static final Map<String, Object> SMALL = Map.of("journal-file-size-mib", 1);

  @TempDir Path directory;

  @Test
  void givenASenderWhenCopiedThenTheCopyHasAllThatWasAcknowledgedBefore() throws Exception {
    // given
    Path live = Files.createDirectory(directory.resolve("live"));
    TestBroker node = TestBroker.start(live, SMALL);
    Numbers sent = new Numbers(300);
    CompletableFuture<Void> sender =
        CompletableFuture.runAsync(() -> sent.send(node, 1200, "番".repeat(2000)));
    sent.awaitMany();

    // when
    Path files = live.resolve("messaging");
    Path copy = directory.resolve("copy");
    int before = sent.acknowledged.get();
    try (View view = new BrokerSource(node.broker(), files).prepare(new BrokerCopy(live, copy))) {
      view.atMoment();
      assertThat(view.excludes()).containsExactly(files);
    }
    int after = sent.acknowledged.get();
    sender.join();
    node.stop();

    // then
    copySecurity(live, copy);
    TestBroker restored = TestBroker.start(copy, SMALL);
    try {
      List<Integer> there = Numbers.receive(restored);
      assertThat(there).as("once").doesNotHaveDuplicates();
      for (int number = 1; number <= before; number++) {
        assertThat(there).contains(number);
      }
      assertThat(there.size()).isBetween(before, after + 1);
      Matcher counted = COUNTED.matcher(Files.readString(copy.resolve("messaging/queues.json")));
      assertThat(counted.find()).isTrue();
      assertThat(there.size())
          .as("as it was counted")
          .isBetween(Integer.valueOf(counted.group(1)), Integer.valueOf(counted.group(2)));
      assertThat(counted.group(1)).isNotEqualTo("0");
    } finally {
      restored.stop();
    }
  }

  /** The stores of the tests' certificates, which are not the broker's. */
  private static void copySecurity(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
