package org.kiban.control;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.karaf.shell.support.CommandException;
import org.kiban.core.KibanException;
import org.kiban.core.MessageCode;
import org.kiban.core.Outcome;

/**
 * How a failed command ends: its exit status and what the operator reads.
 *
 * @param status 1 to 4
 * @param text lines without a stack trace
 * @param bug whether the log needs the stack trace, because no code explains it
 */
record Failure(int status, String text, boolean bug) {

  /** The shell's own, which its bundle does not export. */
  private static final Set<String> SYNTAX_ERRORS =
      Set.of("SyntaxError", "EOFError", "TokenException", "EvaluationException");

  private static final String PARSER = "org.apache.karaf.shell.support.parsing.";
  private static final int MAX_CAUSES = 20;
  private static final String ESCAPES = "\u001b\\[[0-9;]*m";

  /**
   * Finds what went wrong.
   *
   * @param thrown by the session
   * @param command the command line
   * @param locale the operator's
   */
  static Failure of(Throwable thrown, String command, Locale locale) {
    List<Throwable> chain =
        Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES).toList();
    for (Throwable t : chain) {
      if (t instanceof KibanException coded) {
        return new Failure(coded.outcome().exitStatus(), coded.describe(locale), false);
      }
    }
    for (Throwable t : chain) {
      Failure found = known(t, command, locale);
      if (found != null) {
        return found;
      }
    }
    String reason = thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
    return new Failure(
        Outcome.FAILED.exitStatus(), describe(ControlMessage.COMMAND_FAILED, locale, reason), true);
  }

  private static Failure known(Throwable t, String command, Locale locale) {
    if (t instanceof CommandException wrongCall) {
      String reason = wrongCall.getNiceHelp().replaceAll(ESCAPES, "").strip();
      return usage(describe(ControlMessage.WRONG_CALL, locale, reason, name(command)));
    }
    if (t instanceof SecurityException) {
      return new Failure(
          Outcome.REFUSED.exitStatus(),
          describe(ControlMessage.NOT_PERMITTED, locale, command),
          false);
    }
    if (t instanceof InterruptedException) {
      return new Failure(
          Outcome.FAILED.exitStatus(), describe(ControlMessage.INTERRUPTED, locale), false);
    }
    String type = t.getClass().getSimpleName();
    if ("CommandNotFoundException".equals(type)) {
      return usage(describe(ControlMessage.UNKNOWN_COMMAND, locale, command));
    }
    if (SYNTAX_ERRORS.contains(type) || thrownByParser(t)) {
      return usage(describe(ControlMessage.WRONG_SYNTAX, locale, t.getMessage()));
    }
    return null;
  }

  /** Karaf's parser runs off the end of a line whose quote is not closed. */
  private static boolean thrownByParser(Throwable t) {
    return t instanceof IndexOutOfBoundsException
        && Arrays.stream(t.getStackTrace()).anyMatch(e -> e.getClassName().startsWith(PARSER));
  }

  private static String name(String command) {
    return command.strip().split("\\s", 2)[0];
  }

  private static Failure usage(String text) {
    return new Failure(Outcome.USAGE.exitStatus(), text, false);
  }

  private static String describe(MessageCode code, Locale locale, Object... args) {
    return new KibanException(Outcome.FAILED, code, args).describe(locale);
  }
}
