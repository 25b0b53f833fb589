package org.kiban.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.PrivilegedExceptionAction;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.action.Argument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

class ReachTest {

  @ParameterizedTest
  @CsvSource({
    "admin,                             332020, ",
    "admin,                             ,       ",
    "admin municipality-332020,         332020, ",
    "admin municipality-332020,         372013, KBN-SHELL-001",
    "admin municipality-332020,         ,       KBN-SHELL-002",
    "view municipality-332020,          332020, ",
    "view municipality-332020,          372013, KBN-SHELL-001",
    "view municipality-332020,          332,    KBN-SHELL-001",
    "operate,                           332020, KBN-SHELL-001",
    "integrate,                         ,       KBN-SHELL-002",
    "view municipality-1 municipality-2, 2,     ",
  })
  void rolesReachTheirMunicipalities(String roles, String code, String refusal) {
    if (refusal == null) {
      assertThatCode(() -> Reach.require(Set.of(roles.split(" ")), code))
          .doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> Reach.require(Set.of(roles.split(" ")), code))
          .isInstanceOfSatisfying(
              KibanException.class,
              e -> {
                assertThat(e.code().code()).isEqualTo(refusal);
                assertThat(e.outcome()).isEqualTo(Outcome.REFUSED);
              });
    }
  }

  @Test
  void aCommandIsRefusedForACallerWithoutTheRoleAndNeverForTheNodeItself() throws Exception {
    Named command = new Named("372013");

    Reach.require(command);
    as(command, "view", "municipality-372013");
    as(new Unnamed(), "view");
    assertThatThrownBy(() -> as(command, "view", "municipality-332020"))
        .hasMessageContaining("KBN-SHELL-001");
    assertThatThrownBy(() -> as(new Inherited("372013"), "view"))
        .hasMessageContaining("KBN-SHELL-001");
  }

  private static void as(Object command, String... roles) throws Exception {
    Subject subject = new Subject();
    for (String role : roles) {
      subject.getPrincipals().add(new RolePrincipal(role));
    }
    try {
      Subject.doAs(
          subject,
          (PrivilegedExceptionAction<Void>)
              () -> {
                Reach.require(command);
                return null;
              });
    } catch (java.security.PrivilegedActionException e) {
      throw e.getException();
    }
  }

  private static class Named {
    @Argument(name = "code")
    private final String code;

    Named(String code) {
      this.code = code;
    }
  }

  private static final class Inherited extends Named {
    @Argument(index = 1, name = "queue")
    private String queue;

    Inherited(String code) {
      super(code);
    }
  }

  private static final class Unnamed {
    @Argument(name = "file")
    private String file;
  }
}
