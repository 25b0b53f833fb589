package org.kiban.backup.command;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.CommandLine;
import org.kiban.backup.BackupAgent;
import org.kiban.backup.Backups;
import org.kiban.core.KibanException;

/** The backup that the words before the cursor name. */
final class Named {

  private Named() {}

  /** Empty if none is, or it is not there: the command itself says what is wrong. */
  static Optional<BackupAgent> in(CommandLine line, Backups backups) {
    try {
      return Stream.of(line.getArguments())
          .filter(backups.names()::contains)
          .findFirst()
          .map(backups::of);
    } catch (KibanException e) {
      return Optional.empty();
    }
  }
}
