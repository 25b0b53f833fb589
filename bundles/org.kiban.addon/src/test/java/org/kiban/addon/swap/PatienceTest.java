package org.kiban.addon.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What is done about code of others: its calls, its threads, its ports. */
class PatienceTest {

  private volatile boolean spin = true;

  private final Patience patience = new Patience();

  @Test
  void aCallThatReturnsOrThrowsInTimeDoesSo() throws Exception {
    assertThat(patience.within(Duration.ofSeconds(10), () -> "tea")).isEqualTo("tea");
    assertThatThrownBy(
            () ->
                patience.within(
                    Duration.ofSeconds(10),
                    () -> {
                      throw new IOException("none left");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("none left");
  }

  @Test
  void aLoopThatHearsNoInterruptIsEndedAllTheSame() {
    Patience.Overdue overdue =
        catchThrowableOfType(
            Patience.Overdue.class,
            () ->
                patience.within(
                    Duration.ofMillis(50),
                    () -> {
                      while (spin) {
                        Thread.onSpinWait();
                      }
                      return null;
                    }));

    assertThat(overdue.thread().getName()).startsWith("kiban-addon-");
    assertThat(overdue.thread().isAlive()).isTrue();
    assertThat(Patience.end(List.of(overdue.thread()))).isEmpty();
    assertThat(overdue.thread().isAlive()).isFalse();
  }

  @Test
  void threadsAreKnownByWhatTheyRunByTheirLoaderAndByWhereTheyAre() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    Thread mine =
        new Thread(
            () -> {
              inside.countDown();
              while (spin) {
                LockSupport.park();
              }
            });
    mine.setContextClassLoader(null);
    mine.start();
    inside.await();
    ClassLoader strange = new ClassLoader(null) {};

    assertThat(new AddonCode(Set.of(), Set.of(PatienceTest.class.getName())).threads())
        .contains(mine);
    assertThat(new AddonCode(Set.of(strange), Set.of("jp.example.Tea")).threads()).isEmpty();
    mine.setContextClassLoader(strange);
    assertThat(new AddonCode(Set.of(strange), Set.of()).threads()).containsExactly(mine);

    spin = false;
    LockSupport.unpark(mine);
    assertThat(Patience.end(List.of(mine))).isEmpty();
  }

  @Test
  void aPortIsSeenWhileThisProcessListensOnIt() throws IOException {
    Ports ports = new Ports();
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(ports.listening()).contains(port);
    }
    assertThat(ports.listening()).doesNotContain(port);
  }
}
