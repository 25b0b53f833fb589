package jp.example.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.MunicipalityCode;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Transport;
import org.kiban.exchange.api.TransportContract;

/** The spool keeps to what the linkage expects of every transport. */
class SpoolTransportTest extends TransportContract {

  @TempDir Path folder;

  @Override
  protected Transport transport() {
    return new SpoolTransport();
  }

  private Endpoint end(String name) {
    MunicipalityCode code = new MunicipalityCode("332020");
    return new Endpoint(code, "031-atena", "010", folder.resolve(name), Map.of());
  }

  @Override
  protected Endpoint wayIn() {
    return end("in");
  }

  @Override
  protected Endpoint wayOut() {
    return end("out");
  }

  @Override
  protected void send(Endpoint in, String name, byte[] content) throws IOException {
    Files.createDirectories(in.directory());
    Path beside = Files.write(in.directory().resolve(name + ".tmp"), content);
    Files.move(beside, in.directory().resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  protected Map<String, byte[]> seen(Endpoint out) throws IOException {
    Map<String, byte[]> seen = new TreeMap<>();
    try (Stream<Path> files = Files.list(out.directory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        seen.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return seen;
  }

  @Override
  protected void take(Endpoint out) throws IOException {
    for (String name : seen(out).keySet()) {
      Files.delete(out.directory().resolve(name));
    }
  }
}
