package org.kiban.audit.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.PrivilegedAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.felix.service.command.CommandSession;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.audit.Act;
import org.kiban.audit.AuditLedger;
import org.kiban.audit.AuditMessage;
import org.kiban.audit.Entry;
import org.kiban.audit.Ledgers;
import org.kiban.audit.Query;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

class CommandWatchTest {

  @TempDir private Path data;
  private AuditLedger ledger;
  private CommandWatch watch;
  private final Map<String, Object> variables = new HashMap<>();
  private final CommandSession session =
      (CommandSession)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {CommandSession.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "get" -> variables.get((String) arguments[0]);
                    case "hashCode" -> 1;
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                  });

  @BeforeEach
  void open() throws Exception {
    ledger = Ledgers.open(data, null);
    watch = new CommandWatch(ledger);
  }

  @AfterEach
  void close() throws Exception {
    ledger.close();
  }

  @Test
  void aCommandIsRecordedBeforeItRunsAndAfterwards() {
    as("tanaka", () -> watch.beforeExecute(session, " exchange:list --limit 5 332020 "));
    assertThat(commands()).hasSize(1);
    as("tanaka", () -> watch.afterExecute(session, "exchange:list", (Object) null));

    List<Entry> entries = commands();
    assertThat(entries)
        .extracting(
            e -> e.act().user(),
            e -> e.act().from(),
            e -> e.act().municipality(),
            e -> e.act().what(),
            e -> e.act().result())
        .containsExactly(
            tuple("tanaka", "ssh(10.0.0.9)", "332020", "exchange:list --limit 5 332020", "begun"),
            tuple("tanaka", "ssh(10.0.0.9)", "332020", "exchange:list --limit 5 332020", "done"));
    assertThat(entries.get(1).act().of()).isEqualTo(entries.get(0).position());
  }

  @Test
  void aFailureIsRecordedByItsCode() {
    watch.beforeExecute(session, "x:y");
    watch.afterExecute(
        session,
        "x:y",
        new IllegalStateException(
            new KibanException(Outcome.FAILED, AuditMessage.CANNOT_READ, "r")));

    assertThat(commands().get(1).act().result()).isEqualTo("failed KBN-AUDIT-005");
    assertThat(commands().get(1).act().user()).isEqualTo("node");
  }

  @Test
  void nestedLinesEndTheirOwnBeginning() {
    watch.beforeExecute(session, "outer");
    watch.beforeExecute(session, "inner");
    watch.afterExecute(session, "inner", (Object) null);
    watch.beforeExecute(session, " ");
    watch.afterExecute(session, " ", (Object) null);
    assertThat(commands()).hasSize(3);
    watch.afterExecute(session, "outer", (Object) null);

    assertThat(commands())
        .extracting(e -> e.act().what(), e -> e.act().result())
        .containsExactly(
            tuple("outer", "begun"),
            tuple("inner", "begun"),
            tuple("inner", "done"),
            tuple("outer", "done"));
  }

  @Test
  void aVariableOfTheSessionHidesNothing() {
    variables.put("script", "etc/shell.init.script");

    watch.beforeExecute(session, "jaas:manage --realm karaf");

    assertThat(commands().get(0).act().what())
        .isEqualTo("[etc/shell.init.script] jaas:manage --realm karaf");
  }

  @Test
  void aWrongCodeIsNoMunicipalityAndAnEmptyLineNoCommand() {
    watch.beforeExecute(session, "exchange:list 332021");
    watch.beforeExecute(session, "  ");

    assertThat(commands()).extracting(e -> e.act().municipality()).containsExactly("");
  }

  private List<Entry> commands() {
    return ledger.list(new Query(null, Act.Kind.COMMAND, null, null, null, 100));
  }

  // Karaf runs commands this way on Java 17.
  @SuppressWarnings("removal")
  private static void as(String user, Runnable work) {
    Subject subject =
        new Subject(
            true,
            Set.of(new UserPrincipal(user), new ClientPrincipal("ssh", "10.0.0.9")),
            Set.of(),
            Set.of());
    PrivilegedAction<Void> action =
        () -> {
          work.run();
          return null;
        };
    Subject.doAs(subject, action);
  }
}
