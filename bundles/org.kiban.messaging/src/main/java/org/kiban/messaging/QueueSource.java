package org.kiban.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.backup.BackupSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A municipality's messages in its own backup, which must hold no other's: the broker's files are
 * copied aside as of the moment, and its messages are read out of the copy by a broker that nobody
 * reaches. So just that is saved which would be there after a crash.
 *
 * @param live the broker's files
 * @param stored the municipality's directory of messaging, where a restore puts them
 */
record QueueSource(Broker broker, MunicipalityCode code, Path live, Path stored)
    implements BackupSource {

  private static final Logger LOG = LoggerFactory.getLogger(QueueSource.class);

  @Override
  public String name() {
    return "queues";
  }

  @Override
  public Optional<MunicipalityCode> municipality() {
    return Optional.of(code);
  }

  @Override
  public boolean isSavedByNode() {
    return true;
  }

  @Override
  public View prepare(Staging staging) {
    BrokerCopy copy = new BrokerCopy(live, live.resolve("export").resolve(code.value()));
    return new View() {
      @Override
      public void atMoment() throws IOException {
        Map<String, Count> before = broker.count();
        copy.take(broker);
        Map<String, Count> after = broker.count();
        before.keySet().retainAll(List.of(code.value()));
        Count.write(before, after, staging.standIn(stored.resolve(BrokerSource.COUNTED)));
        staging.stream(stored.resolve(QueueFile.NAME), () -> open(copy));
      }

      @Override
      public List<Path> paths() {
        return List.of();
      }

      @Override
      public void close() {
        try {
          copy.close();
        } catch (IOException e) {
          LOG.warn("{} remains until the next backup: {}", copy.directory(), e.toString());
        }
      }
    };
  }

  private InputStream open(BrokerCopy copy) throws IOException {
    Broker still = broker.still(copy.directory());
    return new QueueExport(
        still, still.lastingQueues(code), code.value(), UUID.randomUUID().toString());
  }
}
