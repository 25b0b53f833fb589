package org.kiban.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small file system of its own, so it needs root; skipped otherwise. */
class DiskFullTest {

  private static final String QUEUE = "332020.bulk";

  @TempDir Path directory;
  private boolean mounted;

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "-l", directory.toString());
    }
  }

  @Test
  void aFullDiskMakesSendersWaitAndLosesNothing() throws Exception {
    // given a disk with room for some 250 messages of 1 MiB above the limit; a sender is fast
    mounted = run("mount", "-t", "tmpfs", "-o", "size=800m", "tmpfs", directory.toString()) == 0;
    assumeTrue(mounted, "needs the right to mount a tmpfs");
    TestBroker node = TestBroker.start(directory, Map.of("min-disk-free-mib", 400));
    Path ballast = Files.write(directory.resolve("ballast"), new byte[100 << 20]);
    AtomicInteger acknowledged = new AtomicInteger();
    Thread sender = new Thread(() -> send(node, 500, acknowledged), "sender");

    // when the sender wants to send more than fits
    sender.start();
    await(() -> node.broker().diskFull());
    int before = settled(acknowledged);

    // then it waits, and goes on when receivers and the operator made room
    assertThat(sender.isAlive()).isTrue();
    assertThat(before).isLessThan(500);
    assertThat(node.broker().running()).isTrue();
    Files.delete(ballast);
    int received = receive(node, 500);
    sender.join(60_000);
    assertThat(sender.isAlive()).isFalse();
    assertThat(acknowledged).hasValue(500);
    assertThat(received).isEqualTo(500);
    node.stop();
  }

  private static void send(TestBroker node, int count, AtomicInteger acknowledged) {
    try (Connection c = node.broker().admit(TestBroker.KURASHIKI).createConnection()) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageProducer producer = s.createProducer(s.createQueue(QUEUE));
      for (int i = 0; i < count; i++) {
        BytesMessage message = s.createBytesMessage();
        message.writeBytes(new byte[90 << 10]);
        for (int k = 0; k < 10; k++) {
          message.writeBytes(new byte[90 << 10]);
        }
        producer.send(message);
        acknowledged.incrementAndGet();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int receive(TestBroker node, int count) throws Exception {
    int received = 0;
    try (Connection c = node.connect("kurashiki")) {
      Session s = c.createSession(false, Session.AUTO_ACKNOWLEDGE);
      MessageConsumer consumer = s.createConsumer(s.createQueue(QUEUE));
      while (received < count && consumer.receive(20_000) != null) {
        received++;
      }
    }
    return received;
  }

  /** The count once it stood still for a second. */
  private static int settled(AtomicInteger counter) {
    int last = -1;
    while (last != counter.get()) {
      last = counter.get();
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
    return last;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
