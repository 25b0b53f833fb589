package org.kiban.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.junit.jupiter.api.Test;

class LoginsTest {

  private static final String ADDRESS = "332020.atena";

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicInteger asked = new AtomicInteger();
  private final Logins logins = new Logins(now::get);

  @Test
  void isProvenOnceUntilItIsOldWhetherRightOrWrong() {
    // given a right login and a wrong one
    assertNotNull(right("new").subject());
    assertNull(wrong("old").subject());
    assertEquals(2, asked.get());

    // when they come again just in time, then nobody is asked
    now.addAndGet(Logins.KEPT.toNanos() - 1);
    right("new");
    wrong("old");
    assertEquals(2, asked.get());

    // and when they are too old, then both are
    now.incrementAndGet();
    right("new");
    wrong("old");
    assertEquals(4, asked.get());
  }

  @Test
  void permitsNothingToAnOldPasswordBecauseOfTheNewOne() {
    // given both passwords were right and permitted
    assertTrue(right("old").may(CheckType.SEND, ADDRESS, () -> true));
    assertTrue(right("new").may(CheckType.SEND, ADDRESS, () -> true));

    // when the old one is asked after its time, and the new one goes on
    now.addAndGet(Logins.KEPT.toNanos());
    assertTrue(right("new").may(CheckType.SEND, ADDRESS, () -> true));

    // then it is out
    assertFalse(wrong("old").may(CheckType.SEND, ADDRESS, () -> true));
  }

  @Test
  void remembersWhatWasGrantedAndNothingElse() {
    // given a permission to send
    Logins.Login login = right("new");
    assertTrue(login.may(CheckType.SEND, ADDRESS, () -> true));

    // when it is asked again, then it is not looked for
    assertTrue(login.may(CheckType.SEND, ADDRESS, () -> false));

    // but for another kind, another address, and what was refused before
    assertFalse(login.may(CheckType.CONSUME, ADDRESS, () -> false));
    assertFalse(login.may(CheckType.SEND, "372013.atena", () -> false));
    assertTrue(login.may(CheckType.CONSUME, ADDRESS, () -> true));
  }

  @Test
  void forgetsAllThatWasGranted() {
    // given a permission
    assertTrue(right("new").may(CheckType.SEND, ADDRESS, () -> true));

    // when everything is forgotten
    logins.clear();

    // then it is looked for again
    assertFalse(right("new").may(CheckType.SEND, ADDRESS, () -> false));
  }

  private Logins.Login right(String password) {
    return login(password, new Subject());
  }

  private Logins.Login wrong(String password) {
    return login(password, null);
  }

  private Logins.Login login(String password, Subject subject) {
    return logins.of(
        "031",
        password,
        () -> {
          asked.incrementAndGet();
          return subject;
        });
  }
}
