package org.kiban.itests.demo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.kiban.itests.NodeProcess;
import org.kiban.itests.Shell;

/**
 * What the audience sees: commands as an operator types them, their real output, and what was seen
 * to hold. Long paths are shown as the variables that an operator has.
 */
final class Stage {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONG = 16;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Instant began = Instant.now();
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, String> shortened = new LinkedHashMap<>();
  private List<String> facts = new ArrayList<>();

  private record Step(String title, List<String> facts, Duration took, String failure) {}

  /** Something that did not hold. */
  static final class Missed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missed(String message) {
      super(message);
    }
  }

  /** A step's work. */
  interface Scene {
    void play() throws Exception;
  }

  /** Shows a long path as something shorter. */
  void call(Object path, String name) {
    shortened.put(path.toString(), name);
  }

  /** Plays a step; once one failed, those after it are not played. */
  void step(String title, Scene scene) {
    if (failed()) {
      steps.add(new Step(title, List.of(), Duration.ZERO, "not played / 実施せず"));
      return;
    }
    out.printf("%n━━ %d. %s%n", steps.size() + 1, title);
    facts = new ArrayList<>();
    Instant start = Instant.now();
    String failure = null;
    try {
      scene.play();
    } catch (Exception | AssertionError e) {
      failure = e instanceof Missed ? e.getMessage() : e.toString();
      out.println("✘ " + failure);
    }
    steps.add(new Step(title, facts, Duration.between(start, Instant.now()), failure));
  }

  private boolean failed() {
    return steps.stream().anyMatch(s -> s.failure() != null);
  }

  /** Types {@code bin/kiban …}, shows what it answers, and insists on its exit status. */
  String kiban(NodeProcess node, int status, String... arguments) {
    typed("bin/kiban " + arguments[0] + (arguments.length > 1 ? " '" + arguments[1] + "'" : ""));
    Shell.Result result = node.kiban(arguments);
    shown(result.out() + result.err());
    if (result.status() != status) {
      throw new Missed("exit status " + result.status() + " instead of " + status);
    }
    return result.out() + result.err();
  }

  /** Shows a command that the demonstration does by itself. */
  void typed(String command) {
    out.println("$ " + brief(command));
  }

  /** Shows an output; of a long one its beginning and its end. */
  void shown(String text) {
    List<String> lines = brief(text).lines().toList();
    if (lines.size() <= LONG) {
      lines.forEach(out::println);
    } else {
      lines.subList(0, LONG / 2).forEach(out::println);
      out.printf("  … (%d 行 / lines)%n", lines.size() - LONG + 2);
      lines.subList(lines.size() - LONG / 2 + 2, lines.size()).forEach(out::println);
    }
  }

  private String brief(String text) {
    String brief = text;
    for (Map.Entry<String, String> e : shortened.entrySet()) {
      brief = brief.replace(e.getKey(), e.getValue());
    }
    return brief;
  }

  /** Insists on something and says so. */
  void holds(boolean condition, String fact) {
    if (!condition) {
      throw new Missed("not so: " + fact);
    }
    facts.add(fact);
    out.println("✔ " + fact);
  }

  /** Waits, a minute at most, until something is so. */
  void until(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new Missed("not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      try {
        if (never.await(50, TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Missed("interrupted");
      }
    }
  }

  /**
   * Shows the summary.
   *
   * @return whether every step was seen to hold
   */
  boolean summary() {
    out.printf("%n━━ まとめ / summary%n");
    for (Step s : steps) {
      out.printf(
          "%s %5.1f s  %s%n",
          s.failure() == null ? "✔" : "✘", s.took().toMillis() / 1e3, s.title());
      if (s.failure() != null) {
        out.println("           " + brief(s.failure()).lines().findFirst().orElse(""));
      } else if (!s.facts().isEmpty()) {
        out.println("           " + s.facts().get(s.facts().size() - 1));
      }
    }
    long held = steps.stream().filter(s -> s.failure() == null).count();
    out.printf(
        "%n%d / %d 確認 / seen to hold, %d s: %s%n",
        held,
        steps.size(),
        Duration.between(began, Instant.now()).toSeconds(),
        failed() ? "失敗 / FAILED" : "成功 / ALL HELD");
    return !failed();
  }
}
