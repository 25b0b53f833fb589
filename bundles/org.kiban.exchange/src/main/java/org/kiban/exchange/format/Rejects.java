package org.kiban.exchange.format;

import java.io.IOException;

/** Takes the rows that are not delivered. */
@FunctionalInterface
public interface Rejects {

  /**
   * Takes one, in the order of the file.
   *
   * @param reject the row
   * @throws IOException if it cannot be kept; the conversion ends with it
   */
  void reject(Reject reject) throws IOException;
}
