package org.kiban.time;

import org.kiban.core.MessageCode;

/** What time tells operators; texts in {@code messages*.properties}. */
public enum TimeCode implements MessageCode {
  /** A source cannot be read. */
  BAD_SOURCE("KBN-TIME-001"),
  /** Sources differ in how they treat leap seconds. */
  MIXED_SMEAR("KBN-TIME-002"),
  /** A value of the configuration cannot be used. */
  BAD_SETTING("KBN-TIME-003"),
  /** No source is declared. */
  NO_SOURCES("KBN-TIME-004"),
  /** No majority of the sources agrees. */
  NO_MAJORITY("KBN-TIME-005"),
  /** The bound is beyond what is trusted. */
  OUT_OF_BOUND("KBN-TIME-006"),
  /** The last agreement is a while ago. */
  HOLDOVER("KBN-TIME-007"),
  /** Sources contradict the majority. */
  FALSETICKER("KBN-TIME-008"),
  /** The evidence cannot be written or read. */
  EVIDENCE_FAILED("KBN-TIME-009"),
  /** The evidence is damaged. */
  EVIDENCE_DAMAGED("KBN-TIME-010"),
  /** Time is not watched on this node. */
  NOT_WATCHED("KBN-TIME-011"),
  /** Fewer sources answer than are wanted. */
  FEW_SOURCES("KBN-TIME-013"),
  /** The system's clock jumped. */
  JUMPED("KBN-TIME-014"),
  /** The file of an export is there already. */
  EXPORT_EXISTS("KBN-TIME-015"),
  /** The file of an export cannot be made there. */
  NO_EXPORT("KBN-TIME-016");

  private final String code;

  TimeCode(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
