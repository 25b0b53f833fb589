package org.kiban.route.wall;

import jakarta.jms.ConnectionFactory;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.impl.engine.DefaultFactoryFinderResolver;
import org.apache.camel.model.Model;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.DataFormatResolver;
import org.apache.camel.spi.FactoryFinder;
import org.apache.camel.spi.FactoryFinderResolver;
import org.apache.camel.spi.LanguageResolver;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.service.ServiceSupport;
import org.kiban.core.keys.TlsIdentity;

/** Puts a context together that has nothing but what the rules of this package give it. */
final class Contexts {

  private static final AtomicLong NUMBERS = new AtomicLong();

  private final Grounds grounds;
  private final TlsIdentity identity;

  Contexts(Grounds grounds, TlsIdentity identity) {
    this.grounds = grounds;
    this.identity = identity;
  }

  DefaultCamelContext build(
      String name, ConnectionFactory broker, DataSource database, PlatformHttpEngine engine) {
    SharedConnection connections = new SharedConnection(broker);
    Beans beans = new Beans(grounds, connections, database, engine);
    WalledContext context = new WalledContext(grounds, new EndpointRules(grounds, beans));
    context
        .getCamelContextExtension()
        .setName(grounds.code() + "-" + name + "-" + NUMBERS.incrementAndGet());
    context.disableJMX();
    wall(context, beans);
    settle(context);
    closeWith(context, connections);
    return context;
  }

  private void wall(WalledContext context, Beans beans) {
    ExtendedCamelContext inner = context.getCamelContextExtension();
    context.setApplicationContextClassLoader(CamelContext.class.getClassLoader());
    // Camel finds its own parts by any name; what a route names is looked up by the other.
    inner.addContextPlugin(FactoryFinderResolver.class, new OwnParts());
    context.setClassResolver(new ClassRules());
    inner.setHeadersMapFactory(new WalledHeaders());
    inner.setRegistry(new DefaultRegistry(beans));
    inner.addContextPlugin(ComponentResolver.class, new ComponentRules(grounds, beans, identity));
    inner.addContextPlugin(LanguageResolver.class, new LanguageRules());
    inner.addContextPlugin(DataFormatResolver.class, new DataFormatRules());
    ResourceRules resources = new ResourceRules(grounds);
    resources.setCamelContext(context);
    inner.addContextPlugin(ResourceLoader.class, resources);
    context.setPropertiesComponent(Placeholders.component(grounds));
    context.setSSLContextParameters(new Trust(identity));
    inner.getContextPlugin(Model.class).addModelLifecycleStrategy(new StepRules());
  }

  private void settle(WalledContext context) {
    context.setAutoStartup(false);
    context.setSourceLocationEnabled(true);
    context.setLoadTypeConverters(false);
    context.setDumpRoutes("false");
    context
        .getExecutorServiceManager()
        .setThreadNamePattern("kiban-route-" + grounds.code() + "-#counter#-#name#");
    org.apache.camel.spi.RestConfiguration rest = new org.apache.camel.spi.RestConfiguration();
    rest.setComponent("platform-http");
    context.setRestConfiguration(rest);
  }

  private static void closeWith(WalledContext context, SharedConnection connections) {
    try {
      context.addService(
          new ServiceSupport() {
            @Override
            protected void doShutdown() {
              connections.destroy();
            }
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Finds Camel's own parts by the unrestricted way. */
  private static final class OwnParts extends DefaultFactoryFinderResolver {

    private final ClassResolver own = new DefaultClassResolver();

    @Override
    public FactoryFinder resolveFactoryFinder(ClassResolver resolver, String path) {
      return super.resolveFactoryFinder(own, path);
    }

    @Override
    public FactoryFinder resolveBootstrapFactoryFinder(ClassResolver resolver, String path) {
      return super.resolveBootstrapFactoryFinder(own, path);
    }
  }
}
