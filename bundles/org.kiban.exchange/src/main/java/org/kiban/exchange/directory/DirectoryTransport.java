package org.kiban.exchange.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.FileBatches;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Transport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Files in directories of this machine, mounted shares included. Its only options are how a file
 * shows that it is whole: {@code stable-seconds}, {@code suffix} or {@code marker}.
 */
@Component(service = Transport.class)
public final class DirectoryTransport implements Transport {

  private static final Set<String> OPTIONS =
      Set.of("stable-seconds", "suffix", "marker", "manifest");

  private final DurableFiles files;
  private final FileBatches batches;
  private final Clock clock;
  private final DirectoryOutbound.Run run = new DirectoryOutbound.Run();

  /** For the container. */
  @Activate
  public DirectoryTransport(@Reference DurableFiles files, @Reference FileBatches batches) {
    this(files, batches, Clock.systemUTC());
  }

  /** With a clock that tells how long a file lay still. */
  public DirectoryTransport(DurableFiles files, FileBatches batches, Clock clock) {
    this.files = files;
    this.batches = batches;
    this.clock = clock;
  }

  @Override
  public String type() {
    return "directory";
  }

  @Override
  public boolean showsUnfinished() {
    return true;
  }

  @Override
  public Inbound openInbound(Endpoint endpoint) throws IOException {
    Map<String, String> options = check(endpoint);
    Path directory = Files.createDirectories(endpoint.directory());
    return new DirectoryInbound(directory, new Ready(options, clock), files);
  }

  @Override
  public Outbound openOutbound(Endpoint endpoint) throws IOException {
    check(endpoint);
    return new DirectoryOutbound(endpoint.directory(), batches, run);
  }

  private static Map<String, String> check(Endpoint endpoint) {
    for (String name : endpoint.options().keySet()) {
      if (!OPTIONS.contains(name)) {
        throw new IllegalArgumentException("option " + name + " is not one of " + OPTIONS);
      }
    }
    return endpoint.options();
  }
}
