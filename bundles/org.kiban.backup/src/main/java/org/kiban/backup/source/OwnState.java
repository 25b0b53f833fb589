package org.kiban.backup.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.backup.BackupSource;
import org.kiban.core.storage.Databases;

/**
 * What the node holds of a municipality, or all that it holds: directories and configuration as
 * they lie there, and of databases that are open a copy in their place.
 *
 * @param municipality empty if it is the node's
 * @param codes whose databases are in it
 * @param databases copies them
 * @param reading what is read and what is left out
 */
public record OwnState(
    Optional<MunicipalityCode> municipality,
    List<MunicipalityCode> codes,
    Databases databases,
    Reading reading)
    implements BackupSource {

  /** What is read, found out when a backup begins. */
  public interface Reading {
    /** Files and directories, absolute. */
    List<Path> paths() throws IOException;

    /** What is left out below them. */
    List<Path> excludes() throws IOException;
  }

  @Override
  public String name() {
    return "state";
  }

  @Override
  public View prepare(Staging staging) throws IOException {
    for (MunicipalityCode code : codes) {
      for (String capability : databases.open(code)) {
        Path file = databases.file(code, capability).toRealPath();
        databases.copy(code, capability, staging.standIn(file));
      }
    }
    List<Path> paths = reading.paths();
    List<Path> excludes = reading.excludes();
    return new View() {
      @Override
      public List<Path> paths() {
        return paths.stream().filter(Files::exists).toList();
      }

      @Override
      public List<Path> excludes() {
        return excludes;
      }
    };
  }
}
