package org.kiban.route.engine;

import java.util.Set;
import org.apache.camel.util.URISupport;

/**
 * Failures in words that may be logged: exceptions of what carries messages are quoted, of others
 * only their kind, since their text may hold what was in the message.
 */
final class Reasons {

  private static final Set<String> QUOTED =
      Set.of(
          "java.io.",
          "java.net.",
          "java.nio.",
          "javax.net.",
          "jakarta.jms.",
          "java.security.",
          "java.util.concurrent.",
          "com.jcraft.",
          "org.apache.activemq.",
          "org.kiban.");

  private Reasons() {}

  /** Of a failure in traffic. */
  static String of(Throwable failure) {
    Throwable cause = root(failure);
    String kind = cause.getClass().getName();
    boolean quoted = QUOTED.stream().anyMatch(kind::startsWith) && cause.getMessage() != null;
    String name = cause.getClass().getSimpleName();
    return quoted ? name + ": " + clean(cause.getMessage()) : name;
  }

  /** Of a failure to build or start, where no message is about: quoted, without secrets. */
  static String ofStart(Throwable failure) {
    Throwable cause = root(failure);
    String text = cause.getMessage();
    return text == null ? cause.getClass().getSimpleName() : clean(text);
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String clean(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    String safe = URISupport.sanitizeUri(line);
    return safe.length() > 400 ? safe.substring(0, 400) + "…" : safe;
  }
}
