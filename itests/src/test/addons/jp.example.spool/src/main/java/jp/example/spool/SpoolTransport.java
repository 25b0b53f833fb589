package jp.example.spool;

import java.io.IOException;
import java.util.Set;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Transport;
import org.osgi.service.component.annotations.Component;

/** {@code transport: spool}: files in the linkage's own folders, handed over by renaming. */
@Component(property = {"hc.name=jp.example.spool", "hc.tags=jp.example.spool"})
public final class SpoolTransport implements Transport, HealthCheck {

  @Override
  public String type() {
    return "spool";
  }

  @Override
  public Inbound openInbound(Endpoint endpoint) throws IOException {
    return new SpoolInbound(checked(endpoint).directory());
  }

  @Override
  public Outbound openOutbound(Endpoint endpoint) throws IOException {
    return new SpoolOutbound(checked(endpoint).directory());
  }

  private static Endpoint checked(Endpoint endpoint) {
    Set<String> options = endpoint.options().keySet();
    if (!options.isEmpty()) {
      throw new IllegalArgumentException("unknown options: " + options);
    }
    return endpoint;
  }

  @Override
  public Result execute() {
    return new Result(Result.Status.OK, "ready");
  }
}
