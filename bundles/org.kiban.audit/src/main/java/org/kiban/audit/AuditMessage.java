package org.kiban.audit;

import org.kiban.core.MessageCode;

/** What the audit tells operators; texts in {@code messages*.properties}. */
public enum AuditMessage implements MessageCode {
  /** {0} reason: the ledger cannot be written. */
  CANNOT_WRITE("KBN-AUDIT-001"),
  /** {0} position and reason of the first damage. */
  DAMAGED("KBN-AUDIT-002"),
  /** {0} file: an export does not overwrite. */
  EXPORT_EXISTS("KBN-AUDIT-003"),
  /** {0} position: there is no such entry. */
  NO_ENTRY("KBN-AUDIT-004"),
  /** {0} reason: the ledger cannot be read. */
  CANNOT_READ("KBN-AUDIT-005"),
  /** {0} file, {1} line, {2} reason: an export is not what a node wrote. */
  EXPORT_WRONG("KBN-AUDIT-006"),
  /** {0} what was typed: how the verification of an export is called. */
  TOOL_USAGE("KBN-AUDIT-007"),
  /** {0} file, {1} reason: the signature of an export does not hold. */
  NOT_SIGNED("KBN-AUDIT-008"),
  /** {0} reason: changes below etc/ cannot be seen. */
  CANNOT_WATCH("KBN-AUDIT-009"),
  /** {0} what was typed: there is no such kind of act. */
  NO_KIND("KBN-AUDIT-010");

  private final String code;

  AuditMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
