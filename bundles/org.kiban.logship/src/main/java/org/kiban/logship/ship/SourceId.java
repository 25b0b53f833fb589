package org.kiban.logship.ship;

/**
 * What one stream of events is known by, for good: one file through all its names, or one stream
 * that is no file. The same file has the same identity after a restart of the node, and another
 * file under the same name has another one.
 *
 * @param value 32 lower-case hexadecimal digits
 */
public record SourceId(String value) {

  /**
   * @throws IllegalArgumentException if it is not 32 lower-case hexadecimal digits
   */
  public SourceId {
    if (!value.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("not an identity of a source: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
