package org.kiban.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

class FailureTest {

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void aCodedFailureEndsWithItsStatusAndText(Outcome outcome) {
    // given what KibanAction throws
    KibanException coded = new KibanException(outcome, ControlMessage.INTERRUPTED);
    Exception thrown =
        new CommandException(coded.describe(Locale.JAPANESE), coded.getMessage(), coded);

    Failure failure = Failure.of(thrown, "x:y", Locale.JAPANESE);

    assertThat(failure.status()).isEqualTo(outcome.exitStatus());
    assertThat(failure.text()).startsWith("KBN-CONTROL-008: コマンドが中断されました");
    assertThat(failure.bug()).isFalse();
  }

  @Test
  void aWrongOptionIsUsageWithoutColours() {
    Exception thrown = new CommandException("\u001b[31mundefined option --x\u001b[0m\n", "x");

    Failure failure = Failure.of(thrown, "x:y --x", Locale.ENGLISH);

    assertThat(failure)
        .isEqualTo(
            new Failure(
                2,
                "KBN-CONTROL-011: wrong call: undefined option --x\n"
                    + "  → x:y --help shows its arguments and options",
                false));
  }

  @Test
  void aCommandThatIsNotThereIsUsage() {
    Failure failure = Failure.of(new CommandNotFoundException(), "x:y", Locale.ENGLISH);

    assertThat(failure.status()).isEqualTo(2);
    assertThat(failure.text()).startsWith("KBN-CONTROL-004: unknown command: x:y");
  }

  @Test
  void aMissingRoleIsRefusal() {
    Failure failure = Failure.of(new SecurityException("no"), "x:y", Locale.ENGLISH);

    assertThat(failure.status()).isEqualTo(3);
    assertThat(failure.text()).startsWith("KBN-CONTROL-005");
  }

  @Test
  void aLineThatTheParserCannotReadIsUsage() {
    IndexOutOfBoundsException thrown = new StringIndexOutOfBoundsException("begin 5");
    String parser = "org.apache.karaf.shell.support.parsing.GogoParser";
    thrown.setStackTrace(
        new StackTraceElement[] {new StackTraceElement(parser, "value", "GogoParser.java", 300)});

    assertThat(Failure.of(thrown, "echo \"a", Locale.ENGLISH).status()).isEqualTo(2);
    assertThat(Failure.of(new StringIndexOutOfBoundsException(), "a", Locale.ENGLISH).status())
        .isEqualTo(1);
  }

  @Test
  void anInterruptionIsFoundUnderWhatWrapsIt() {
    Exception thrown = new IllegalStateException(new InterruptedException());

    assertThat(Failure.of(thrown, "x:y", Locale.ENGLISH).text()).startsWith("KBN-CONTROL-008");
  }

  @Test
  void anythingElseIsABugThatTheLogExplains() {
    Failure failure = Failure.of(new IllegalStateException(), "x:y", Locale.ENGLISH);

    assertThat(failure.status()).isEqualTo(1);
    assertThat(failure.text())
        .startsWith("KBN-CONTROL-007: the command failed: java.lang.IllegalStateException");
    assertThat(failure.bug()).isTrue();
  }

  /** Named as the shell's own, whose bundle does not export it. */
  private static final class CommandNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
