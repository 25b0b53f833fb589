package org.kiban.messaging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.backup.BackupSource;

/**
 * The broker in backups of the node: its files as of the moment at which no ledger grows, so that a
 * message is in the one or in the other.
 */
record BrokerSource(Broker broker, Path directory) implements BackupSource {

  /** How many messages there were, for those who hold a restored broker to it. */
  static final String COUNTED = "queues.json";

  @Override
  public String name() {
    return "messaging";
  }

  @Override
  public Optional<MunicipalityCode> municipality() {
    return Optional.empty();
  }

  @Override
  public View prepare(Staging staging) {
    return new View() {
      @Override
      public void atMoment() throws IOException {
        Map<String, Count> before = broker.count();
        broker.copy(directory, staging);
        Count.write(before, broker.count(), staging.standIn(directory.resolve(COUNTED)));
      }

      @Override
      public List<Path> paths() {
        return List.of();
      }

      @Override
      public List<Path> excludes() {
        return List.of(directory);
      }
    };
  }
}
