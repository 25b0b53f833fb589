package org.kiban.route;

import org.kiban.core.MessageCode;

/** What running routes says to operators. */
public enum RouteMessage implements MessageCode {
  /** Municipality, name. */
  UNKNOWN("KBN-ROUTE-001"),
  /** Municipality. */
  NOT_SERVED("KBN-ROUTE-002"),
  /** File, reasons. */
  REFUSED("KBN-ROUTE-003"),
  /** File, line, reason. */
  NOT_BUILT("KBN-ROUTE-004"),
  /** File, version, reason. */
  NOT_STARTED("KBN-ROUTE-005"),
  /** File, version, reason. */
  UNWELL("KBN-ROUTE-006"),
  /** File. */
  WRONG_NAME("KBN-ROUTE-007"),
  /** Name. */
  TWICE("KBN-ROUTE-008"),
  /** File, bytes at most. */
  TOO_LARGE("KBN-ROUTE-009"),
  /** File, reason. */
  NOT_WRITTEN("KBN-ROUTE-010"),
  /** Municipality, name, how many. */
  DRAIN_CUT("KBN-ROUTE-011"),
  /** Municipality, name, reason. */
  DOWN("KBN-ROUTE-012"),
  /** Municipality, name, route, reason, id under which it is kept. */
  EXCHANGE_FAILED("KBN-ROUTE-013"),
  /** Municipality, name, reason. */
  NOT_KEPT("KBN-ROUTE-014"),
  /** Name, version. */
  NO_VERSION("KBN-ROUTE-015"),
  /** Name. */
  NOT_LOADED("KBN-ROUTE-016"),
  /** Name, how many went, how many stay, reason of the last. */
  NOT_REPLAYED("KBN-ROUTE-017"),
  /** Name, id. */
  NO_SUCH_EXCHANGE("KBN-ROUTE-018"),
  /** Municipality, reason. */
  NO_JOURNAL("KBN-ROUTE-019"),
  /** Municipality, name, version, pause in milliseconds. */
  RUNS("KBN-ROUTE-020"),
  /** Municipality, name, version that runs again. */
  ROLLED_BACK("KBN-ROUTE-021"),
  /** Municipality, name, how many. */
  DRAINS("KBN-ROUTE-022"),
  /** Municipality, name. */
  REMOVED("KBN-ROUTE-023"),
  /** Name. */
  IS_STOPPED("KBN-ROUTE-024"),
  /** File, reason. */
  NOT_READ("KBN-ROUTE-025"),
  /** Municipality, name. */
  STOPS("KBN-ROUTE-026"),
  /** Municipality, name, what was done. */
  BUG("KBN-ROUTE-027");

  private final String code;

  RouteMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
