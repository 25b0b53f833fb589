package org.kiban.security;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.backup.BackupSource;

/**
 * The master key in backups of the node, wherever it lies: without it a node that came back could
 * open none of its other keys. A backup is encrypted itself, and its recovery password is needed.
 */
record MasterKeySource(Path file) implements BackupSource {

  @Override
  public String name() {
    return "master-key";
  }

  @Override
  public Optional<MunicipalityCode> municipality() {
    return Optional.empty();
  }

  @Override
  public View prepare(Staging staging) {
    return () -> List.of(file);
  }
}
