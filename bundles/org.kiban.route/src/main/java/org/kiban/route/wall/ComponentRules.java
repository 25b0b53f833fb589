package org.kiban.route.wall;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.component.jdbc.JdbcComponent;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.sjms.SjmsComponent;
import org.apache.camel.component.sjms.jms.DefaultDestinationCreationStrategy;
import org.apache.camel.component.sjms2.Sjms2Component;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.impl.engine.DefaultComponentResolver;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.keys.TlsIdentity;
import org.springframework.jms.support.destination.DestinationResolver;
import org.springframework.jms.support.destination.DynamicDestinationResolver;

/** Makes the components of a context: Camel's own, bound to what belongs to the municipality. */
final class ComponentRules extends DefaultComponentResolver {

  private static final String TIMERS = "org.quartz.";

  private final Grounds grounds;
  private final Beans beans;
  private final TlsIdentity identity;

  ComponentRules(Grounds grounds, Beans beans, TlsIdentity identity) {
    this.grounds = grounds;
    this.beans = beans;
    this.identity = identity;
  }

  @Override
  public Component resolveComponent(String name, CamelContext context) {
    if (!EndpointRules.COMPONENTS.contains(name)) {
      throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_COMPONENT, name);
    }
    return switch (name) {
      case "file" -> new WalledFiles(grounds.folders());
      case "http", "https" -> new WalledHttp(grounds.peers());
      case "aws2-s3" -> new WalledS3(identity);
      case "jms" -> jms();
      case "sjms" -> sjms(new SjmsComponent());
      case "sjms2" -> sjms(new Sjms2Component());
      case "sql" -> {
        SqlComponent sql = new SqlComponent();
        sql.setDataSource(database());
        yield sql;
      }
      case "jdbc" -> {
        JdbcComponent jdbc = new JdbcComponent();
        jdbc.setDataSource(database());
        yield jdbc;
      }
      case "quartz" -> quartz(context);
      default -> super.resolveComponent(name, context);
    };
  }

  private DataSource database() {
    return beans.lookupByNameAndType("database", DataSource.class);
  }

  private ConnectionFactory connections() {
    return beans.lookupByNameAndType("connectionFactory", ConnectionFactory.class);
  }

  private Component jms() {
    JmsComponent jms = new JmsComponent();
    jms.setConnectionFactory(connections());
    jms.setDestinationResolver(new OwnDestinations());
    jms.setAutowiredEnabled(false);
    return jms;
  }

  private Component sjms(SjmsComponent sjms) {
    sjms.setConnectionFactory(connections());
    sjms.setDestinationCreationStrategy(new OwnCreation());
    sjms.setAutowiredEnabled(false);
    return sjms;
  }

  /** A scheduler of its own for each context: Quartz hands one out by name, whoever asks. */
  private static Component quartz(CamelContext context) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(TIMERS + "scheduler.instanceName", context.getUuidGenerator().generateUuid());
    settings.put(TIMERS + "scheduler.skipUpdateCheck", "true");
    settings.put(TIMERS + "scheduler.makeSchedulerThreadDaemon", "true");
    settings.put(TIMERS + "threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    settings.put(TIMERS + "threadPool.threadCount", "2");
    settings.put(TIMERS + "threadPool.makeThreadsDaemons", "true");
    settings.put(TIMERS + "jobStore.class", "org.quartz.simpl.RAMJobStore");
    QuartzComponent quartz = new QuartzComponent();
    quartz.setProperties(settings);
    quartz.setAutowiredEnabled(false);
    return quartz;
  }

  /** Where {@code jms} sends and takes, headers that name another destination included. */
  private final class OwnDestinations implements DestinationResolver {

    private final DestinationResolver resolver = new DynamicDestinationResolver();

    @Override
    public Destination resolveDestinationName(Session session, String name, boolean topic)
        throws JMSException {
      grounds.requireOwn(name);
      return resolver.resolveDestinationName(session, name, topic);
    }
  }

  /** The same for {@code sjms} and {@code sjms2}. */
  private final class OwnCreation extends DefaultDestinationCreationStrategy {
    @Override
    public Destination createDestination(Session session, String name, boolean topic)
        throws JMSException {
      grounds.requireOwn(name.replaceFirst("^(queue|topic):/*", ""));
      return super.createDestination(session, name, topic);
    }
  }
}
