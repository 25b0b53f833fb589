package org.kiban.update;

import org.kiban.core.Bilingual;

/** How soon an update is applied. */
public enum Lane implements Bilingual {
  /** At once: a hole that is being used. */
  URGENT("緊急", "urgent"),
  /** In the next maintenance window. */
  NORMAL("通常", "normal");

  private final Words words;

  Lane(String japanese, String english) {
    this.words = new Words(japanese, english);
  }

  @Override
  public Words words() {
    return words;
  }
}
