package org.kiban.exchange.format;

import java.util.List;

/**
 * A row that goes to quarantine.
 *
 * @param row from 1, without the header
 * @param line where it begins, from 1, as an editor counts
 * @param findings what is wrong with it, at least one
 * @param raw its bytes as they arrived, newline included
 */
public record Reject(long row, long line, List<Finding> findings, byte[] raw) {

  /** Copies the findings; the bytes are the receiver's. */
  public Reject {
    findings = List.copyOf(findings);
  }
}
