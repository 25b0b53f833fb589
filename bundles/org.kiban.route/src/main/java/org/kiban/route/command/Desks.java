package org.kiban.route.command;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Outcome;
import org.kiban.route.RouteMessage;
import org.kiban.route.api.Routes;
import org.kiban.route.api.Routes.Progress;
import org.kiban.shell.Terminal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Finds the routes of the municipality that an operator names. */
@Component(service = Desks.class)
public final class Desks {

  private final Municipalities municipalities;
  private final Map<String, Routes> byCode = new ConcurrentHashMap<>();

  /** For the container. */
  @Activate
  public Desks(@Reference Municipalities municipalities) {
    this.municipalities = municipalities;
  }

  /** A municipality's routes came. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void add(Routes routes, Map<String, Object> properties) {
    byCode.put(String.valueOf(properties.get("municipality")), routes);
  }

  /** A municipality's routes went. */
  public void remove(Routes routes, Map<String, Object> properties) {
    byCode.remove(String.valueOf(properties.get("municipality")), routes);
  }

  Routes of(String code) {
    String known = municipalities.require(code).code().value();
    Routes routes = byCode.get(known);
    if (routes == null) {
      throw new KibanException(Outcome.REFUSED, RouteMessage.NOT_SERVED, known);
    }
    return routes;
  }

  /** The routes of a municipality if it has any, for completion. */
  Optional<Routes> maybe(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /** Shows on a screen what a change is doing. */
  static Progress progress(Terminal terminal) {
    return (state, inFlight) ->
        terminal.out().println(Columns.word(terminal, state) + " (" + inFlight + ")");
  }
}
