package org.kiban.route.desk;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.RestConfiguration;
import org.apache.camel.spi.RestConsumerFactory;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Stands in for a component: takes whatever is sent, and takes in what a test gives it. */
final class StubComponent extends DefaultComponent implements RestConsumerFactory {

  private final Stubs stubs;

  StubComponent(Stubs stubs) {
    this.stubs = stubs;
    setAutowiredEnabled(false);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String rest, Map<String, Object> options) {
    // The check has judged them by the real component.
    options.clear();
    return new StubEndpoint(uri);
  }

  @Override
  public Consumer createConsumer(
      CamelContext context,
      Processor processor,
      String verb,
      String basePath,
      String uriTemplate,
      String consumes,
      String produces,
      RestConfiguration configuration,
      Map<String, Object> parameters)
      throws Exception {
    String path = basePath + (uriTemplate == null ? "" : "/" + uriTemplate);
    String uri = "platform-http:" + path.replaceAll("/+", "/") + "?verb=" + verb;
    Consumer consumer = context.getEndpoint(uri).createConsumer(processor);
    ((StubConsumer) consumer).name += " " + verb.toUpperCase(java.util.Locale.ROOT);
    return consumer;
  }

  private final class StubEndpoint extends DefaultEndpoint {

    StubEndpoint(String uri) {
      super(uri, StubComponent.this);
    }

    @Override
    public Producer createProducer() {
      return new DefaultProducer(this) {
        @Override
        public void process(Exchange exchange) throws Exception {
          stubs.take(getEndpointUri(), exchange);
        }
      };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new StubConsumer(this, processor);
    }
  }

  private final class StubConsumer extends DefaultConsumer {

    private String name;

    StubConsumer(Endpoint endpoint, Processor processor) {
      super(endpoint, processor);
      this.name = Stubs.name(endpoint.getEndpointUri());
    }

    @Override
    protected void doStart() throws Exception {
      super.doStart();
      stubs.open(name, getProcessor());
    }

    @Override
    protected void doStop() throws Exception {
      stubs.close(name);
      super.doStop();
    }
  }
}
