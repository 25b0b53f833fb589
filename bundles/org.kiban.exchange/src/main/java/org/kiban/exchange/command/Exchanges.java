package org.kiban.exchange.command;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Outcome;
import org.kiban.exchange.api.Exchange;
import org.kiban.exchange.engine.LinkageMessage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Finds the linkage of the municipality that an operator names. */
@Component(service = Exchanges.class)
public final class Exchanges {

  private final Municipalities municipalities;
  private final Map<String, Exchange> byCode = new ConcurrentHashMap<>();

  /** For the container. */
  @Activate
  public Exchanges(@Reference Municipalities municipalities) {
    this.municipalities = municipalities;
  }

  /** A municipality's linkage came. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void add(Exchange exchange, Map<String, Object> properties) {
    byCode.put(String.valueOf(properties.get("municipality")), exchange);
  }

  /** A municipality's linkage went. */
  public void remove(Exchange exchange, Map<String, Object> properties) {
    byCode.remove(String.valueOf(properties.get("municipality")), exchange);
  }

  Exchange of(String code) {
    String known = municipalities.require(code).code().value();
    Exchange exchange = byCode.get(known);
    if (exchange == null) {
      throw new KibanException(Outcome.REFUSED, LinkageMessage.NOT_SERVED, known);
    }
    return exchange;
  }
}
