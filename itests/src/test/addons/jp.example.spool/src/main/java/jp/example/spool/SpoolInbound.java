package jp.example.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.Inbound;

/** A folder that providers rename whole files into. */
final class SpoolInbound implements Inbound {

  private final Path folder;
  private final Set<String> given = ConcurrentHashMap.newKeySet();

  SpoolInbound(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  @Override
  public List<Arrival> poll(int max) throws IOException {
    List<Arrival> arrivals = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (arrivals.size() == max) {
          break;
        }
        boolean whole = !name.startsWith(".") && !name.endsWith(".tmp");
        if (whole && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          SpoolArrival arrival = new SpoolArrival(file);
          if (given.add(arrival.id())) {
            arrivals.add(arrival);
          }
        }
      }
    }
    return arrivals;
  }

  @Override
  public void release(Arrival arrival) {
    given.remove(arrival.id());
  }

  @Override
  public boolean holds(String arrivalId) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new SpoolArrival(file).id().equals(arrivalId)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void close() {
    given.clear();
  }
}
