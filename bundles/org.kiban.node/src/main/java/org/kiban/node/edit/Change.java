package org.kiban.node.edit;

import java.nio.file.Path;

/**
 * A change of a municipality's file that has been checked but not made. Immutable.
 *
 * @param file the file
 * @param before its text now; empty if it does not exist
 * @param after its text then
 */
public record Change(Path file, String before, String after) {

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return before.equals(after);
  }
}
