package org.kiban.storage.database;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts row values out of database exceptions: H2 and PostgreSQL print the values of the row, or the
 * whole statement, into their messages. What stays is the fixed part of the text, the SQL state,
 * the error code, and the name of a violated constraint.
 */
final class Scrubber {

  private static final Pattern SEVERITY = Pattern.compile("^[A-Z]+: ");
  private static final Pattern VALUE = Pattern.compile("[\"':;=(0-9\\r\\n]");
  private static final Pattern CONSTRAINT =
      Pattern.compile("constraint \"(\\w+)\"|\"([\\w. ]+ ON [\\w.]+)\\(|\"(\\w+): ");
  private static final Pattern NAME = Pattern.compile("\"([A-Za-z_][A-Za-z0-9_.]*)\" not found");

  private Scrubber() {}

  /** An exception of the same kind without values, and without the original as its cause. */
  static SQLException scrub(SQLException e) {
    SQLException clean = copy(e, text(e), e.getSQLState(), e.getErrorCode());
    clean.setStackTrace(e.getStackTrace());
    if (e.getNextException() != null) {
      clean.setNextException(scrub(e.getNextException()));
    }
    return clean;
  }

  private static SQLException copy(SQLException e, String text, String state, int code) {
    if (e instanceof BatchUpdateException batch) {
      return new BatchUpdateException(text, state, code, batch.getUpdateCounts());
    }
    if (e instanceof SQLIntegrityConstraintViolationException) {
      return new SQLIntegrityConstraintViolationException(text, state, code);
    }
    if (e instanceof SQLTransactionRollbackException) {
      return new SQLTransactionRollbackException(text, state, code);
    }
    if (e instanceof SQLTimeoutException) {
      return new SQLTimeoutException(text, state, code);
    }
    return new SQLException(text, state, code);
  }

  /** What may be told about an exception: never a value. */
  static String text(SQLException e) {
    String state = e.getSQLState() == null ? "?" : e.getSQLState();
    String message =
        e.getMessage() == null ? "" : SEVERITY.matcher(e.getMessage()).replaceFirst("");
    Matcher value = VALUE.matcher(message);
    String fixed = (value.find() ? message.substring(0, value.start()) : message).strip();
    Pattern names = state.startsWith("23") ? CONSTRAINT : state.startsWith("42S") ? NAME : null;
    Matcher name = names == null ? null : names.matcher(message);
    if (name != null && name.find()) {
      fixed += " " + first(name);
    }
    return fixed + " [" + state + "/" + e.getErrorCode() + "]";
  }

  private static String first(Matcher match) {
    for (int i = 1; i <= match.groupCount(); i++) {
      if (match.group(i) != null) {
        return match.group(i);
      }
    }
    return "";
  }
}
