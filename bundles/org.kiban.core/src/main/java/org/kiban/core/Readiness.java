package org.kiban.core;

import java.time.Instant;
import java.util.List;

/**
 * How far the node has come since it started, in named levels. An OSGi service. Answers come from
 * memory, at most some seconds old, and never block. Safe for any thread.
 */
public interface Readiness {

  /** The node in one word. */
  enum State {
    /** Something has not yet come up and is still within its time to do so. */
    STARTING,
    /** Everything that should work does. */
    READY,
    /** Something that should work does not. The node may still be ready: see {@link Report}. */
    DEGRADED
  }

  /**
   * One level. Levels are, in order: {@code framework} (the container and our bundles run), {@code
   * messaging} (the broker serves everyone who uses it, or nobody does), {@code capabilities} (what
   * municipalities switched on and this distribution carries works) and {@code ready} (all of
   * them).
   *
   * @param name the level's name
   * @param reached whether it holds now
   * @param reason in English, what it waits for or what failed; empty if reached
   */
  record Level(String name, boolean reached, String reason) {}

  /**
   * One answer.
   *
   * @param state the node in one word
   * @param ready whether every level is reached; an add-on that fails makes the state {@link
   *     State#DEGRADED} but leaves the node ready
   * @param levels the levels in order
   * @param problems in English, one line each: everything that keeps the state from {@link
   *     State#READY}
   * @param at when this was found out
   */
  record Report(State state, boolean ready, List<Level> levels, List<String> problems, Instant at) {

    /** Copies the lists. */
    public Report {
      levels = List.copyOf(levels);
      problems = List.copyOf(problems);
    }
  }

  /** What a health check says. */
  enum Grade {
    /** All is well. */
    GOOD,
    /** It works but says that something needs attention. */
    ATTENTION,
    /** It does not work, or not yet. */
    BAD
  }

  /**
   * What one health check said last.
   *
   * @param name the check's name
   * @param bundle the symbolic name of the bundle that registered it
   * @param grade how it is
   * @param message why it is not well; empty if it is
   */
  record Check(String name, String bundle, Grade grade, String message) {}

  /** Returns the newest report. */
  Report report();

  /** What every health check said last; none where nobody asks them. */
  default List<Check> checks() {
    return List.of();
  }
}
