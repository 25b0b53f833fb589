package org.kiban.backup.backend;

import org.kiban.backup.BackupMessage;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.platform.remote.RefusedException;

/** What keeps a place from being used, as operators are told of it. */
final class Named {

  private Named() {}

  static KibanException of(RefusedException e, String location) {
    return switch (e.kind()) {
      case ACCESS ->
          new KibanException(e, Outcome.REFUSED, BackupMessage.NO_ACCESS, location, e.getMessage());
      case HOST_KEY ->
          new KibanException(
              e, Outcome.REFUSED, BackupMessage.WRONG_HOST_KEY, location, e.getMessage());
      case ROOM -> new KibanException(e, Outcome.FAILED, BackupMessage.NO_ROOM, location);
    };
  }
}
