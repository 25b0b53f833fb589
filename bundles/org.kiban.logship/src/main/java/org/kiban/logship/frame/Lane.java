package org.kiban.logship.frame;

import java.nio.charset.StandardCharsets;

/**
 * One row of bytes that keep their order, counted from 0.
 *
 * @param kind what they are, for example {@code log}; whoever reads them knows the kinds
 * @param origin the node that they come from first, also behind relays
 * @param key tells lanes of one kind and origin apart, for example a file's identity
 */
public record Lane(String kind, String origin, String key) {

  private static final int LONGEST = 255;

  /**
   * @throws IllegalArgumentException if a part is empty or longer than 255 bytes, or the key is not
   *     plain ASCII
   */
  public Lane {
    for (String part : new String[] {kind, origin, key}) {
      if (part.isEmpty() || part.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
        throw new IllegalArgumentException("a lane's part has 1 to 255 bytes");
      }
    }
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(key)) {
      throw new IllegalArgumentException("a lane's key is ASCII");
    }
  }
}
