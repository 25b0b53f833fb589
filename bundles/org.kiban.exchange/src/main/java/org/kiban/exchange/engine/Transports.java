package org.kiban.exchange.engine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.exchange.api.Transport;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The transports that are there now. They come and go without the linkage being restarted. */
@Component(service = Transports.class)
public final class Transports {

  private final Map<String, Transport> byType = new ConcurrentHashMap<>();

  /** A transport came. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void add(Transport transport) {
    byType.put(transport.type(), transport);
  }

  /** A transport went. */
  public void remove(Transport transport) {
    byType.remove(transport.type(), transport);
  }

  Optional<Transport> find(String type) {
    return Optional.ofNullable(byType.get(type));
  }
}
