package org.kiban.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.kiban.core.KibanException;

/** What is asked while management ends. */
class InHandTest {

  private final InHand inHand = new InHand();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicBoolean answered = new AtomicBoolean();

  private String slow() {
    asked.countDown();
    try {
      answer.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    answered.set(true);
    return "answer";
  }

  private boolean answeredAtTheEnd() {
    try {
      inHand.end(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return answered.get();
  }

  @Test
  void theEndWaitsForTheAnswer() throws Exception {
    var question = CompletableFuture.supplyAsync(() -> inHand.ask(this::slow));
    asked.await();
    var end = CompletableFuture.supplyAsync(this::answeredAtTheEnd);

    answer.countDown();

    assertThat(question.get(1, TimeUnit.MINUTES)).isEqualTo("answer");
    assertThat(end.get(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void theEndComesAfterItsTimeAllTheSame() throws Exception {
    var question = CompletableFuture.supplyAsync(() -> inHand.ask(this::slow));
    asked.await();

    inHand.end(1, TimeUnit.MILLISECONDS);

    assertThat(question).isNotDone();
    answer.countDown();
    assertThat(question.get(1, TimeUnit.MINUTES)).isEqualTo("answer");
  }

  @Test
  void nothingIsAskedAfterTheEnd() throws Exception {
    inHand.end(1, TimeUnit.MINUTES);

    assertThatThrownBy(() -> inHand.ask(() -> answered.getAndSet(true)))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(UpdateCode.CHANGING));
    assertThat(answered).isFalse();
  }
}
