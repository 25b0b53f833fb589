package org.kiban.addon.swap;

/**
 * An installed add-on and how it is.
 *
 * @param addon what is installed
 * @param state how it is
 * @param message why it is not well; empty if it is
 */
public record View(Addon addon, State state, String message) {

  /** How an add-on is. */
  public enum State {
    /** It works. */
    RUNNING("動作中", "running"),
    /** It works but says that something needs attention. */
    WARNING("注意", "warning"),
    /** It does not work. */
    FAILED("異常", "failed");

    private final String japanese;
    private final String english;

    State(String japanese, String english) {
      this.japanese = japanese;
      this.english = english;
    }

    /** In Japanese, for a screen. */
    public String japanese() {
      return japanese;
    }

    /** In English, for a screen. */
    public String english() {
      return english;
    }
  }
}
