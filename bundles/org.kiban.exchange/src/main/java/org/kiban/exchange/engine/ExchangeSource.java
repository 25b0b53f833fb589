package org.kiban.exchange.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.backup.BackupSource;

/**
 * The linkage in backups: what lies in its ways in and out belongs to the moment of the ledger. A
 * file that is in both is told apart by its key; stored contents outlive what the ledger says of
 * them, so they are read later.
 */
record ExchangeSource(MunicipalityCode code, Places places) implements BackupSource {

  @Override
  public String name() {
    return "exchange";
  }

  @Override
  public Optional<MunicipalityCode> municipality() {
    return Optional.of(code);
  }

  @Override
  public View prepare(Staging staging) {
    List<Path> moving = List.of(places.in(), places.out(), places.quarantine());
    return new View() {
      @Override
      public void atMoment() throws IOException {
        for (Path place : moving) {
          staging.keep(place);
        }
      }

      @Override
      public List<Path> paths() {
        return List.of();
      }

      @Override
      public List<Path> excludes() {
        return List.of(places.work());
      }
    };
  }
}
