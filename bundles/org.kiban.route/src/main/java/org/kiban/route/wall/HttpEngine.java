package org.kiban.route.wall;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.kiban.core.MunicipalityCode;

/** The engine of {@code platform-http} and {@code rest}: intakes at the node's HTTPS listener. */
final class HttpEngine implements PlatformHttpEngine {

  private final MunicipalityCode code;
  private final RouteDoor door;

  HttpEngine(MunicipalityCode code, RouteDoor door) {
    this.code = code;
    this.door = door;
  }

  @Override
  public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
    return new HttpIntake(code, door, endpoint, processor);
  }
}
