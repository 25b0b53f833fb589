package org.kiban.addon.swap;

import java.util.List;

/**
 * A transaction, as {@code addon:history} shows it.
 *
 * @param number from 1
 * @param at when it began, ISO-8601
 * @param operation what was done
 * @param id of the add-on
 * @param from the version before; empty if none
 * @param to the version asked for; empty if none
 * @param outcome how it ended; null if it has not
 * @param reason why it was rolled back, in English; empty if it was not
 * @param code why it was rolled back: the code; null if it was not, or long ago
 * @param args what the code's text names
 * @param exact whether after a rollback the node's state was what it had been
 * @param differing what was not
 * @param pauseMillis how long the add-on did not work
 * @param leftovers what the old version left behind
 */
public record Entry(
    long number,
    String at,
    Operation operation,
    String id,
    String from,
    String to,
    Step outcome,
    String reason,
    String code,
    List<String> args,
    boolean exact,
    List<String> differing,
    long pauseMillis,
    List<String> leftovers) {

  /** Why it was rolled back, for readers of any language. */
  public Reason why() {
    return new Reason(reason, code, args);
  }

  static Entry of(Note begin, Note end) {
    return new Entry(
        begin.transaction(),
        begin.at(),
        begin.operation(),
        begin.id(),
        begin.from() == null ? "" : begin.from().version(),
        begin.to() == null ? "" : begin.to().version(),
        end == null ? null : end.step(),
        end == null || end.reason() == null ? "" : end.reason(),
        end == null ? null : end.code(),
        end == null || end.args() == null ? List.of() : end.args(),
        end != null && end.step() == Step.ROLLED_BACK && end.differing().isEmpty(),
        end == null ? List.of() : end.differing(),
        end == null ? 0 : end.pauseMillis(),
        end == null ? List.of() : end.leftovers());
  }
}
