package org.kiban.core;

/** How a command that did not succeed ended, with the exit status it gives (design section 3). */
public enum Outcome {
  /** It was tried and did not work. */
  FAILED(1),
  /** It was called wrongly: an unknown name, a missing argument. */
  USAGE(2),
  /** It is forbidden by a rule, a role or a state that must not be passed over. */
  REFUSED(3),
  /** Some of it was done and some was not. */
  PARTIAL(4);

  private final int exitStatus;

  Outcome(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  /** The status that a shell command ends with. */
  public int exitStatus() {
    return exitStatus;
  }
}
