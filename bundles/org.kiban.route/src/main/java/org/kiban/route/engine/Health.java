package org.kiban.route.engine;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.impl.health.ContextHealthCheck;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;

/**
 * Camel's own health checks: of the context, its routes and their consumers. Not of producers: the
 * only ones that have a check (FTP, SFTP) let it speak over the connection that exchanges are being
 * sent by at the same time. A producer that fails is seen by the exchanges that fail.
 */
final class Health {

  private Health() {}

  /** Lets a context that was not started yet have these checks. */
  static void prepare(DefaultCamelContext context) {
    HealthCheckRegistry registry = new DefaultHealthCheckRegistry(context);
    // Who has not polled yet is not unwell.
    registry.setInitialState(HealthCheck.State.UP);
    registry.register(new ContextHealthCheck());
    registry.register(new ConsumersHealthCheckRepository());
    context.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, registry);
  }

  /** What is not ready and why, or null if nothing is. */
  static String problem(DefaultCamelContext context) {
    return HealthCheckHelper.invokeReadiness(context).stream()
        .filter(result -> result.getState() == HealthCheck.State.DOWN)
        .map(Health::text)
        .findFirst()
        .orElse(null);
  }

  private static String text(HealthCheck.Result result) {
    String text = result.getMessage().orElse(result.getCheck().getId());
    return result.getError().map(cause -> text + ": " + Reasons.of(cause)).orElse(text);
  }
}
