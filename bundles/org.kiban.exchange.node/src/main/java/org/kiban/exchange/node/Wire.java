package org.kiban.exchange.node;

import org.kiban.core.MunicipalityCode;

/** What two nodes agree on: names of queues and of message properties. */
final class Wire {

  static final String ID = "kiban_id";
  static final String NAME = "kiban_name";
  static final String BYTES = "kiban_bytes";
  static final String MANIFEST = "kiban_manifest";
  static final String DELIVERY = "kiban_delivery";
  static final String RECEIPT_TO = "kiban_receipt_to";

  private Wire() {}

  /** Where deliveries of an interface wait at the receiving node. */
  static String arrivals(MunicipalityCode code, String interfaceId) {
    return code + ".exchange.in." + interfaceId;
  }

  /** Where, at the receiving node, the sending one finds what was taken for good. */
  static String receipts(MunicipalityCode code, String interfaceId, String sender, String system) {
    return code + ".exchange.receipt." + interfaceId + "." + sender + "." + system;
  }
}
