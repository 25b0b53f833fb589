package org.kiban.route.wall;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SharedConnectionTest {

  private final List<String> calls = new ArrayList<>();
  private final AtomicReference<ExceptionListener> failures = new AtomicReference<>();

  private final SharedConnection shared =
      new SharedConnection(fake(ConnectionFactory.class, fake(Connection.class, null)));

  /** Notes what is called and answers every question alike. */
  private <T> T fake(Class<T> type, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              calls.add(method.getName());
              if (method.getName().equals("setExceptionListener")) {
                failures.set((ExceptionListener) arguments[0]);
              }
              return answer;
            }));
  }

  @Test
  void givenTwoUsersWhenOneStopsAndClosesThenTheConnectionGoesOn() throws JMSException {
    Connection intake = shared.createConnection();
    shared.createConnection().start();
    intake.start();

    intake.stop();
    intake.close();

    assertThat(calls).containsOnlyOnce("start").doesNotContain("stop", "close");
  }

  @Test
  void givenTheLastUserHasGoneWhenDestroyedThenTheConnectionEnds() throws JMSException {
    Connection intake = shared.createConnection();
    intake.start();
    intake.close();

    shared.destroy();

    assertThat(calls).endsWith("stop", "close");
  }

  @Test
  void givenAUserThatHasGoneWhenTheConnectionFailsThenOnlyTheOthersAreTold() throws JMSException {
    List<String> told = new ArrayList<>();
    Connection gone = shared.createConnection();
    gone.setExceptionListener(e -> told.add("gone"));
    shared.createConnection().setExceptionListener(e -> told.add("there"));
    gone.close();

    failures.get().onException(new JMSException("the line is down"));

    assertThat(told).containsExactly("there");
  }
}
