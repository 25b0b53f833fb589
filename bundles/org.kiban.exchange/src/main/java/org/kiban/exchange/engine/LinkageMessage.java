package org.kiban.exchange.engine;

import org.kiban.core.MessageCode;

/** What the linkage says to operators. Texts in {@code messages*.properties}. */
public enum LinkageMessage implements MessageCode {
  /** {0} interface. */
  UNKNOWN_INTERFACE("KBN-EXCHANGE-401"),
  /** {0} file. */
  SYMBOLIC_LINK("KBN-EXCHANGE-402"),
  /** {0} file. */
  NOT_A_FILE("KBN-EXCHANGE-403"),
  /** {0} file. */
  BAD_NAME("KBN-EXCHANGE-404"),
  /** {0} file, {1} pattern. */
  NAME_DOES_NOT_MATCH("KBN-EXCHANGE-405"),
  /** {0} file, {1} bytes, {2} maximum. */
  TOO_LARGE("KBN-EXCHANGE-406"),
  /** {0} file, {1} field, {2} declared, {3} found. */
  MANIFEST_MISMATCH("KBN-EXCHANGE-407"),
  /** {0} file, {1} reason. */
  MANIFEST_UNREADABLE("KBN-EXCHANGE-408"),
  /** {0} file, {1} key, {2} delivery. */
  SAME_KEY_OTHER_CONTENT("KBN-EXCHANGE-409"),
  /** {0} file, {1} key, {2} delivery. */
  DUPLICATE("KBN-EXCHANGE-410"),
  /** {0} file. */
  NO_SEQUENCE("KBN-EXCHANGE-411"),
  /** {0} file. */
  BUG("KBN-EXCHANGE-412"),
  /** {0} file, {1} what was found. */
  MALWARE("KBN-EXCHANGE-413"),
  /** {0} delivery. */
  UNKNOWN_DELIVERY("KBN-EXCHANGE-201"),
  /** {0} delivery, {1} state. */
  NOTHING_TO_RETRY("KBN-EXCHANGE-202"),
  /** {0} delivery, {1} place. */
  CONTENT_GONE("KBN-EXCHANGE-203"),
  /** {0} municipality. */
  NOT_SERVED("KBN-EXCHANGE-204"),
  /** {0} municipality, {1} reason. */
  NOT_OPEN("KBN-EXCHANGE-205"),
  /** {0} interface. */
  NO_INTERFACE("KBN-EXCHANGE-206"),
  /** {0} file, {1} reason. */
  UNREADABLE("KBN-EXCHANGE-207"),
  /** {0} municipality, {1} findings. */
  VERIFY_FOUND("KBN-EXCHANGE-208"),
  /** {0} text. */
  TRACE_TOO_SHORT("KBN-EXCHANGE-210"),
  /** {0} delivery, {1} transport. */
  RETRY_ELSEWHERE("KBN-EXCHANGE-211"),
  /** {0} delivery, {1} state. */
  NOTHING_TO_DISCARD("KBN-EXCHANGE-212"),
  /** {0} delivery, {1} consumers. */
  RETRY_STRANDED("KBN-EXCHANGE-213"),
  /** {0} delivery. */
  RETENTION_ENDED("KBN-EXCHANGE-214"),
  /** {0} text, {1} states. */
  BAD_STATE("KBN-EXCHANGE-215"),
  /** {0} number. */
  BAD_LIMIT("KBN-EXCHANGE-216"),
  /** {0} municipality, {1} reason. */
  LEDGER_FAILED("KBN-EXCHANGE-301"),
  /** {0} interface, {1} reason. */
  INBOUND_FAILED("KBN-EXCHANGE-302"),
  /** {0} interface, {1} consumer, {2} reason. */
  OUTBOUND_FAILED("KBN-EXCHANGE-303"),
  /** {0} file, {1} reason. */
  INTAKE_FAILED("KBN-EXCHANGE-306"),
  /** {0} interface, {1} reason. */
  DECLARATION_REFUSED("KBN-EXCHANGE-307"),
  /** {0} municipality, {1} reason. */
  TIDY_FAILED("KBN-EXCHANGE-308"),
  /** {0} interface, {1} consumer, {2} number of deliveries. */
  STRANDED("KBN-EXCHANGE-309");

  private final String code;

  LinkageMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
