package org.kiban.partner;

import org.kiban.core.MessageCode;

/** What the registry of business systems tells operators. */
public enum PartnerMessages implements MessageCode {
  /** Id as typed. */
  WRONG_ID("KBN-PARTNER-001"),
  /** Municipality, id. */
  UNKNOWN("KBN-PARTNER-002"),
  /** Municipality, id. */
  EXISTS("KBN-PARTNER-003"),
  /** Municipality, its environment, id, the partner's environment. */
  OTHER_ENVIRONMENT("KBN-PARTNER-004"),
  /** Municipality, id, what uses it. */
  IN_USE("KBN-PARTNER-005"),
  /** File, reason or place. */
  WRONG_FILE("KBN-PARTNER-006"),
  /** File, id, key. */
  WRONG_ENTRY("KBN-PARTNER-007"),
  /** File, reason. */
  NOT_WRITTEN("KBN-PARTNER-008"),
  /** Id. */
  UNLISTED_ID("KBN-PARTNER-009"),
  /** What was typed. */
  WRONG_ENDPOINT("KBN-PARTNER-010"),
  /** What was typed. */
  WRONG_ENVIRONMENT("KBN-PARTNER-011"),
  /** Id. */
  NO_NAME("KBN-PARTNER-012"),
  /** File, id. */
  DUPLICATE("KBN-PARTNER-013");

  private final String code;

  PartnerMessages(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
