package org.kiban.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.kiban.backup.repository.Repository.Password;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** A password in a file, so that it is never on a command line. */
public final class PasswordFile {

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private PasswordFile() {}

  /** Reads one. */
  public static Password read(Path file) {
    String text = text(file);
    if (text.isEmpty() || text.indexOf('\n') >= 0) {
      throw new KibanException(
          Outcome.USAGE, BackupMessage.WRONG_PASSWORD_FILE, file, "it is not one line");
    }
    return new Password(text, false);
  }

  /** Reads a secret of one or more lines. */
  public static String text(Path file) {
    try {
      if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        throw new KibanException(
            Outcome.REFUSED, BackupMessage.WRONG_PASSWORD_FILE, file, "others can read it");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.USAGE, BackupMessage.WRONG_PASSWORD_FILE, file, e.getClass().getSimpleName());
    }
  }
}
