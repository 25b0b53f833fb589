package org.kiban.exchange.api;

import java.util.List;

/**
 * What would happen to a file.
 *
 * @param outcome delivered, partly-quarantined or refused
 * @param code why it would be refused, or null
 * @param reason the same in words, in English, or null
 * @param reasonJa the same in Japanese, or null
 * @param rowsReceived data rows
 * @param rowsDelivered data rows that would pass
 * @param rowsQuarantined data rows that would not
 * @param replaced characters that would be replaced
 * @param outBytes length after conversion
 * @param outSha256 of the content after conversion
 * @param errors the first 20
 */
public record DryRun(
    String outcome,
    String code,
    String reason,
    String reasonJa,
    long rowsReceived,
    long rowsDelivered,
    long rowsQuarantined,
    long replaced,
    long outBytes,
    String outSha256,
    List<RowError> errors) {

  /**
   * An error of a row, without the value.
   *
   * @param row from 1, without the header
   * @param line from 1, as an editor counts
   * @param column its name, or null for the row as a whole
   * @param code E0001 to E0004 (別紙7-2), or a KBN code
   * @param reasonJa why, in Japanese
   * @param reasonEn why, in English
   */
  public record RowError(
      long row, long line, String column, String code, String reasonJa, String reasonEn) {}
}
