package org.kiban.node.status;

import org.kiban.core.Bilingual;

/** How a capability of one municipality is. */
public enum CapabilityState implements Bilingual {
  /** It works. */
  RUNNING("動作中", "running"),
  /** It works but says that something needs attention. */
  WARNING("注意", "warning"),
  /** It is there and coming up. */
  STARTING("起動中", "starting"),
  /** It will be installed. */
  WAITING("導入待ち", "waiting"),
  /** It does not work. */
  FAILED("異常", "failed"),
  /** This distribution does not carry it. */
  UNAVAILABLE("未提供", "unavailable"),
  /** Its municipality is switched off. */
  OFF("停止", "off"),
  /** It is switched off but still there. */
  STOPPING("停止中", "stopping");

  private final Words words;

  CapabilityState(String japanese, String english) {
    this.words = new Words(japanese, english);
  }

  @Override
  public Words words() {
    return words;
  }

  /** Whether it is on its way to working. */
  public boolean isComing() {
    return this == STARTING || this == WAITING;
  }

  /** Whether waiting does not change it. */
  public boolean isSettled() {
    return !isComing() && this != STOPPING;
  }

  /** Whether it keeps its municipality from being all right. */
  public boolean isBad() {
    return this == FAILED || isComing();
  }
}
