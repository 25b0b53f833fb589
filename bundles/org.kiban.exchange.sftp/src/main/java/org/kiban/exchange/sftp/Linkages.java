package org.kiban.exchange.sftp;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.MunicipalityCode;
import org.kiban.exchange.api.Exchange;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The municipalities' linkages that run now. They come and go without the door being shut. */
@Component(service = Linkages.class)
public final class Linkages {

  private final Map<String, Exchange> running = new ConcurrentHashMap<>();

  /** One came. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void add(Exchange exchange, Map<String, Object> properties) {
    running.put(String.valueOf(properties.get("municipality")), exchange);
  }

  /** One went. */
  public void remove(Exchange exchange, Map<String, Object> properties) {
    running.remove(String.valueOf(properties.get("municipality")), exchange);
  }

  Optional<Exchange> of(MunicipalityCode code) {
    return Optional.ofNullable(running.get(code.value()));
  }
}
