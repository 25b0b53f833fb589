package org.kiban.route;

import org.kiban.core.MessageCode;

/** What routes say to operators: 001–199 running them, 200–399 checking them and their wall. */
public enum RouteMessage implements MessageCode {
  /** Municipality, name. */
  UNKNOWN("KBN-ROUTE-001");

  private final String code;

  RouteMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
