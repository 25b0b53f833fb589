package org.kiban.logship;

import java.util.Optional;
import org.kiban.logship.local.Archive;

/** Who keeps what others sent to a municipality. */
public interface ArchiveOwner {

  /** The municipality's code. */
  String municipality();

  /** What it keeps; nothing if nobody may send. */
  Optional<Archive> archive();
}
