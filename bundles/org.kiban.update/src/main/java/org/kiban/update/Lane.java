package org.kiban.update;

/** How soon an update is applied. */
public enum Lane {
  /** At once: a hole that is being used. */
  URGENT("緊急", "urgent"),
  /** In the next maintenance window. */
  NORMAL("通常", "normal");

  private final String japanese;
  private final String english;

  Lane(String japanese, String english) {
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
