package org.kiban.exchange.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.kiban.core.Partners;
import org.kiban.core.keys.Secrets;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Transport;

/** What transports to folders of other machines share. */
abstract class RemoteTransport implements Transport {

  private final String type;
  private final Set<String> own;
  private final boolean appearsWhole;
  private final Partners partners;
  private final Secrets secrets;
  private final DurableFiles files;

  /**
   * A kind of folders.
   *
   * @param own options besides those of all
   * @param appearsWhole whether no file there is ever seen in part
   */
  RemoteTransport(
      String type,
      Set<String> own,
      boolean appearsWhole,
      Partners partners,
      Secrets secrets,
      DurableFiles files) {
    this.type = type;
    this.own = own;
    this.appearsWhole = appearsWhole;
    this.partners = partners;
    this.secrets = secrets;
    this.files = files;
  }

  /** Opens a folder; connects to nothing yet. */
  abstract Store store(Endpoint endpoint, Options options) throws IOException;

  @Override
  public String type() {
    return type;
  }

  @Override
  public boolean showsUnfinished() {
    return true;
  }

  private Options options(Endpoint endpoint) {
    Options options = new Options(endpoint, type, partners, secrets);
    options.check(own);
    return options;
  }

  @Override
  public Inbound openInbound(Endpoint endpoint) throws IOException {
    Options options = options(endpoint);
    Duration pause = Duration.ofSeconds(Math.max(1, options.number("poll-seconds", 60)));
    Store store = store(endpoint, options);
    Whole whole = Whole.of(endpoint.options(), appearsWhole);
    return new FarInbound(new Pull(store, endpoint.directory(), files, whole, pause));
  }

  @Override
  public Outbound openOutbound(Endpoint endpoint) throws IOException {
    Options options = options(endpoint);
    return new FarOutbound(store(endpoint, options), endpoint.directory(), files);
  }
}
