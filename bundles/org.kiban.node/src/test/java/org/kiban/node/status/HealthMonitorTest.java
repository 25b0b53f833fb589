package org.kiban.node.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class HealthMonitorTest {

  private static final String NODE = "node";

  private final AtomicLong nanos = new AtomicLong();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);
  private final HealthMonitor monitor = new HealthMonitor(container(), 60, nanos::get);

  @AfterEach
  void stop() {
    mayAnswer.countDown();
    monitor.stop();
  }

  @Test
  void aCheckThatWasNeverAskedIsNotWellYet() {
    // when nothing was asked

    assertThat(monitor.answers(NODE).get("storage").status())
        .isEqualTo(Result.Status.TEMPORARILY_UNAVAILABLE);
  }

  @Test
  void aCheckThatHasNotAnsweredIsNotWellYetAndSaysSoWhenItIsLate() {
    // given
    monitor.ask();
    assertThat(monitor.answers(NODE).get("storage").status())
        .isEqualTo(Result.Status.TEMPORARILY_UNAVAILABLE);

    // when
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(11));

    assertThat(monitor.answers(NODE).get("storage"))
        .isEqualTo(
            new HealthMonitor.Answer(
                Result.Status.HEALTH_CHECK_ERROR, "no answer for 11 s / 応答なし"));
  }

  @Test
  void anAnswerIsKept() throws InterruptedException {
    // given
    monitor.ask();

    // when
    mayAnswer.countDown();
    assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(monitor.answers(NODE).get("storage").status()).isEqualTo(Result.Status.OK);
  }

  @Test
  void checksOfOthersAreLeftOut() {
    assertThat(monitor.answers("332020")).isEmpty();
  }

  private BundleContext container() {
    ServiceReference<?> reference =
        proxy(
            ServiceReference.class,
            (method, argument) ->
                switch (method) {
                  case "getProperty" ->
                      argument.equals(HealthCheck.NAME) ? "storage" : new String[] {NODE};
                  case "hashCode" -> 1;
                  case "compareTo" -> 0;
                  case "equals" -> true;
                  default -> null;
                });
    return proxy(
        BundleContext.class,
        (method, argument) -> {
          switch (method) {
            case "getServiceReferences":
              return new ServiceReference<?>[] {reference};
            case "getService":
              return (HealthCheck) this::check;
            case "ungetService":
              answered.countDown();
              return true;
            default:
              return null;
          }
        });
  }

  private Result check() {
    try {
      mayAnswer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Result(Result.Status.OK, "");
  }

  private interface Calls {
    Object answer(String method, Object argument);
  }

  private static <T> T proxy(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            HealthMonitorTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                calls.answer(method.getName(), arguments == null ? null : arguments[0])));
  }
}
