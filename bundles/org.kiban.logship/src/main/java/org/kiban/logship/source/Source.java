package org.kiban.logship.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Something that a municipality's events come from. Used by one thread. */
public interface Source extends Closeable {

  /** Its name in the configuration. */
  String name();

  /**
   * Looks what there is now.
   *
   * @return every stream that is known, in the order to be read
   * @throws IOException if it cannot be looked at
   */
  List<Stream> look() throws IOException;

  /** What keeps it from being read, for operators; empty if nothing does. */
  default String problem() {
    return "";
  }

  /** Remembers what must be remembered. */
  @Override
  void close() throws IOException;
}
