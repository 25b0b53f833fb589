package org.kiban.route.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Producer;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.TrustedClock;
import org.kiban.route.RouteMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where exchanges go that failed for good: into the failed exchanges of their route. */
@Component(Keeper.SCHEME)
final class Keeper extends DefaultComponent {

  /** Its scheme; no route needs to write it. */
  static final String SCHEME = "kiban-kept";

  /** On an exchange that is sent again: it is kept already. */
  static final String REPLAYED = "kiban.replayed";

  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final MunicipalityCode code;
  private final String name;
  private final FailedExchanges failed;
  private final Meter meter;
  private final TrustedClock clock;
  private long lastLine;
  private long unsaid;

  Keeper(
      MunicipalityCode code, String name, FailedExchanges failed, Meter meter, TrustedClock clock) {
    this.code = code;
    this.name = name;
    this.failed = failed;
    this.meter = meter;
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> options) {
    return new Place(uri);
  }

  private void keep(Exchange exchange) throws Exception {
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    String reason = cause == null ? "?" : Reasons.of(cause);
    exchange.setProperty(Meter.FAILED, true);
    if (exchange.getProperty(REPLAYED) != null) {
      throw new IOException(reason);
    }
    String route = String.valueOf(exchange.getFromRouteId());
    Message message = exchange.getMessage();
    Map<String, Object> headers = new TreeMap<>();
    message
        .getHeaders()
        .forEach(
            (key, value) -> {
              if (FailedExchanges.keeps(value)) {
                headers.put(key, value);
              }
            });
    String from =
        exchange.getFromEndpoint() == null ? "" : exchange.getFromEndpoint().getEndpointBaseUri();
    String id;
    try {
      id =
          failed.keep(
              name,
              new FailedExchanges.Content(
                  clock.now(),
                  route,
                  from,
                  reason,
                  headers,
                  message.getBody() instanceof String,
                  body(exchange, message)));
    } catch (IOException e) {
      meter.error(RouteMessage.NOT_KEPT.text(Locale.ENGLISH, code, name, e.getMessage()));
      throw e;
    }
    meter.error(RouteMessage.EXCHANGE_FAILED.text(Locale.ENGLISH, code, name, route, reason, id));
    say(route, reason, id);
  }

  private static byte[] body(Exchange exchange, Message message) throws IOException {
    Object body = message.getBody();
    if (body == null) {
      return null;
    }
    if (body instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    InputStream in =
        exchange.getContext().getTypeConverter().tryConvertTo(InputStream.class, exchange, body);
    if (in == null) {
      throw new IOException("a body of " + body.getClass().getName());
    }
    try (in) {
      byte[] bytes = in.readNBytes(FailedExchanges.MOST_BYTES + 1);
      if (bytes.length > FailedExchanges.MOST_BYTES) {
        throw new IOException("more than " + FailedExchanges.MOST_BYTES + " bytes");
      }
      return bytes;
    }
  }

  /** One line a minute, however many fail. */
  private synchronized void say(String route, String reason, String id) {
    long now = System.nanoTime();
    unsaid++;
    if (lastLine == 0 || now - lastLine >= QUIET_NANOS) {
      RouteMessage message = RouteMessage.EXCHANGE_FAILED;
      String text = message.text(Locale.ENGLISH, code, name, route, reason, id);
      LOG.warn("{} {} ({} since the last line)", message.code(), text, unsaid);
      lastLine = now;
      unsaid = 0;
    }
  }

  /** The one endpoint there is. */
  private final class Place extends DefaultEndpoint {
    Place(String uri) {
      super(uri, Keeper.this);
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) throws Exception {
          keep(exchange);
        }
      };
    }

    @Override
    public org.apache.camel.Consumer createConsumer(org.apache.camel.Processor processor) {
      throw new UnsupportedOperationException("nothing comes from " + SCHEME);
    }
  }
}
