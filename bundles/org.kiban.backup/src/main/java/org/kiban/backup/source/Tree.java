package org.kiban.backup.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.backup.BackupSource;

/**
 * Directories and files that an operator named, read as they lie there.
 *
 * @param excludes what must never be read: the repository itself
 */
public record Tree(List<Path> paths, List<Path> excludes)
    implements BackupSource, BackupSource.View {

  @Override
  public String name() {
    return "files";
  }

  @Override
  public Optional<MunicipalityCode> municipality() {
    return Optional.empty();
  }

  @Override
  public View prepare(Staging staging) {
    return this;
  }
}
