package org.kiban.audit.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.karaf.shell.api.console.CommandLoggingFilter;
import org.kiban.audit.Act;
import org.kiban.audit.AuditLedger;
import org.kiban.audit.Masked;
import org.kiban.audit.Who;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Notes every line that the shell executes, of whatever bundle, twice: before it runs, so that a
 * command that kills the node leaves its record too, and when it ended.
 */
@Component
public final class CommandWatch implements CommandSessionListener {

  private static final Pattern SIX_DIGITS = Pattern.compile("(?<=\\s)[0-9]{6}(?=\\s|$)");

  /** Characters of a line that are kept: more than anybody types, less than a journal's entry. */
  private static final int LONGEST = 1 << 20;

  private final AuditLedger ledger;

  /** Positions of the lines that a session is executing, the innermost first. */
  private final Map<CommandSession, Deque<Begun>> running = new WeakHashMap<>();

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      fieldOption = FieldOption.REPLACE)
  private volatile List<CommandLoggingFilter> filters = List.of();

  private record Begun(Act act, long position) {}

  /** Watches. */
  @Activate
  public CommandWatch(@Reference AuditLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void beforeExecute(CommandSession session, CharSequence line) {
    if (!line.toString().isBlank()) {
      Who who = Who.calls();
      String shown = shown(session, line);
      Act act =
          new Act(
              Act.Kind.COMMAND,
              who.user(),
              who.from(),
              municipality(shown),
              shown,
              "begun",
              0,
              List.of());
      long position = ledger.record(act);
      synchronized (running) {
        running.computeIfAbsent(session, s -> new ArrayDeque<>()).push(new Begun(act, position));
      }
    }
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Exception failure) {
    end(session, line, "failed " + reason(failure));
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Object result) {
    end(session, line, "done");
  }

  private void end(CommandSession session, CharSequence line, String result) {
    if (line.toString().isBlank()) {
      return; // It has no beginning, and must not end the line around it.
    }
    Begun begun;
    synchronized (running) {
      Deque<Begun> lines = running.get(session);
      begun = lines == null ? null : lines.poll();
    }
    if (begun != null) {
      ledger.record(begun.act().ended(result, begun.position()));
    }
  }

  /**
   * The line as it may be kept; of a script, with which an interactive session begins, its name.
   */
  private String shown(CommandSession session, CharSequence line) {
    CharSequence filtered = line;
    for (CommandLoggingFilter filter : filters) {
      filtered = filter.filter(filtered);
    }
    // Named, not left out: anybody can set this variable.
    Object script = session.get("script");
    String whole = (script == null ? "" : "[" + script + "] ") + filtered.toString().strip();
    return Masked.of(whole.substring(0, Math.min(whole.length(), LONGEST)));
  }

  /** Options stand first here, wherever they were typed. */
  private static String municipality(String line) {
    return SIX_DIGITS
        .matcher(line)
        .results()
        .map(MatchResult::group)
        .filter(MunicipalityCode::isValid)
        .findFirst()
        .orElse("");
  }

  private static String reason(Exception failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof KibanException coded) {
        return coded.code().code();
      }
    }
    return failure.getClass().getSimpleName();
  }
}
