package org.kiban.time;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.kiban.core.ClockCheck.Judgement;
import org.kiban.core.TrustedClock.Trust;

/**
 * The state of time as a health check puts it. Never critical: a node whose time nobody knows still
 * serves, and says so.
 */
record TimeVerdict(
    TimeSettings settings,
    Declared declared,
    Judgement judged,
    List<SourceView> sources,
    boolean asked,
    String unwritten) {

  Result result() {
    if (declared.problem() != null) {
      return new Result(Status.WARN, declared.problem().getMessage());
    }
    if (declared.sources().isEmpty()) {
      return warn(TimeCode.NO_SOURCES);
    }
    if (!asked) {
      return new Result(Status.TEMPORARILY_UNAVAILABLE, "sources are being asked");
    }
    if (!unwritten.isEmpty()) {
      return new Result(Status.WARN, unwritten);
    }
    return judged.bound().isEmpty() ? warn(TimeCode.NO_MAJORITY) : bounded();
  }

  private Result bounded() {
    String bound = "%.3f".formatted(judged.bound().orElseThrow().toNanos() / 1e6);
    String liars =
        sources.stream()
            .filter(s -> s.verdict() == SourceView.Verdict.FALSE)
            .map(SourceView::name)
            .collect(Collectors.joining(", "));
    long answering = TimeKeeper.answering(sources);
    if (judged.trust() == Trust.UNTRUSTED) {
      return warn(TimeCode.OUT_OF_BOUND, bound, settings.bound$_$milliseconds());
    }
    if (judged.trust() == Trust.HOLDOVER) {
      return warn(TimeCode.HOLDOVER, bound);
    }
    if (!liars.isEmpty()) {
      return warn(TimeCode.FALSETICKER, liars);
    }
    if (answering < settings.min$_$sources()) {
      return warn(TimeCode.FEW_SOURCES, answering, settings.min$_$sources());
    }
    return new Result(Status.OK, "± " + bound + " ms");
  }

  private static Result warn(TimeCode code, Object... args) {
    return new Result(Status.WARN, code.line(args));
  }
}
