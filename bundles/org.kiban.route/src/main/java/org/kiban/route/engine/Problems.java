package org.kiban.route.engine;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.kiban.core.KibanException;
import org.kiban.core.MessageCode;
import org.kiban.core.Outcome;
import org.kiban.route.RouteFile;
import org.kiban.route.RouteMessage;
import org.kiban.route.api.RouteProblem;
import org.kiban.route.check.Finding;

/** Makes what is wrong with a version readable. */
final class Problems {

  private static final int SHORT = 12;

  private Problems() {}

  static String version(String digest) {
    return digest.substring(0, Math.min(SHORT, digest.length()));
  }

  static RouteProblem of(String digest, int line, MessageCode code, Object... args) {
    return new RouteProblem(
        version(digest),
        line,
        code.code(),
        code.text(Locale.ENGLISH, args),
        code.text(Locale.JAPANESE, args));
  }

  /** A version that did not start or stay well. */
  static RouteProblem bad(RouteFile file, MessageCode kind, String why) {
    return of(file.digest(), 0, kind, file.fileName(), version(file.digest()), why);
  }

  static RouteProblem of(KibanException e) {
    return new RouteProblem(
        "", 0, e.code().code(), e.text(Locale.ENGLISH), e.text(Locale.JAPANESE));
  }

  static List<RouteProblem> of(RouteFile file, List<Finding> findings) {
    return findings.stream()
        .map(
            f ->
                new RouteProblem(
                    version(file.digest()),
                    f.line(),
                    f.code().code(),
                    f.text(Locale.ENGLISH),
                    f.text(Locale.JAPANESE)))
        .toList();
  }

  static KibanException refused(RouteFile file, List<RouteProblem> problems) {
    String reasons =
        problems.stream().map(p -> p.code() + ": " + p.reason()).collect(Collectors.joining("; "));
    return new KibanException(Outcome.REFUSED, RouteMessage.REFUSED, file.fileName(), reasons);
  }
}
