package org.kiban.backup.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Work at a priority of its own, told by what Linux says of the threads. */
class BackgroundTest {

  private static final Path STAT = Path.of("/proc/thread-self/stat");
  private static final int NICE = 16; // after the name, which is in parentheses

  private static int niceness() throws IOException {
    String stat = Files.readString(STAT);
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE]);
  }

  private static int nicenessOfAnother() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      return pool.submit(BackgroundTest::niceness).get();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void theWorkAndTheThreadsThatItStartsGetWhatIsLeftAndTheCallerStaysAsItIs() throws Exception {
    assumeThat(STAT).exists();
    int own = niceness();

    assertThat(Background.call(19, BackgroundTest::niceness)).isEqualTo(19);
    assertThat(Background.call(19, BackgroundTest::nicenessOfAnother)).isEqualTo(19);
    assertThat(Background.call(0, BackgroundTest::niceness)).isEqualTo(own);
    assertThat(niceness()).isEqualTo(own);
    assertThat(nicenessOfAnother()).isEqualTo(own);
  }

  @Test
  void whatTheWorkFailsWithIsTheCallers() {
    assertThatThrownBy(
            () ->
                Background.call(
                    0,
                    () -> {
                      throw new IOException("no room");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("no room");
    assertThatThrownBy(
            () ->
                Background.call(
                    0,
                    () -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anInterruptionReachesTheWorkAndIsWaitedFor() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    boolean[] ended = new boolean[1];
    Thread caller =
        new Thread(
            () ->
                assertThatThrownBy(
                        () ->
                            Background.call(
                                0,
                                () -> {
                                  begun.countDown();
                                  try {
                                    new CountDownLatch(1).await();
                                  } catch (InterruptedException e) {
                                    ended[0] = true;
                                    throw new IOException("interrupted");
                                  }
                                  return null;
                                }))
                    .hasMessage("interrupted"));
    caller.start();
    begun.await();

    caller.interrupt();
    caller.join();

    assertThat(ended[0]).isTrue();
  }
}
