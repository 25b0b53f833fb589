package org.kiban.route.wall;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** Real servers for routes to talk to, on free ports of the loopback interface. */
final class Servers {

  static final String USER = "kurashiki";
  static final String PASSWORD = "p&ss=w%rd+1";

  private Servers() {}

  /** What ends a server. */
  interface Running extends Closeable {
    int port();
  }

  /** Ends a server. */
  @FunctionalInterface
  private interface End {
    void run() throws Exception;
  }

  private record Server(int port, End end) implements Running {
    @Override
    public void close() throws IOException {
      try {
        end.run();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  static Running sftp(Path home) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair key = generator.generateKeyPair();
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(key));
    server.setPasswordAuthenticator((u, p, s) -> u.equals(USER) && p.equals(PASSWORD));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.setFileSystemFactory(new VirtualFileSystemFactory(home));
    server.start();
    return new Server(server.getPort(), () -> server.stop(true));
  }

  static Running ftp(Path home) throws Exception {
    ListenerFactory listener = new ListenerFactory();
    listener.setServerAddress("127.0.0.1");
    listener.setPort(0);
    FtpServerFactory factory = new FtpServerFactory();
    var created = listener.createListener();
    factory.addListener("default", created);
    BaseUser user = new BaseUser();
    user.setName(USER);
    user.setPassword(PASSWORD);
    user.setHomeDirectory(home.toString());
    user.setAuthorities(List.of(new WritePermission()));
    factory.getUserManager().save(user);
    FtpServer server = factory.createServer();
    server.start();
    return new Server(created.getPort(), server::stop);
  }

  static GreenMail mail() {
    ServerSetup smtp = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    ServerSetup imap = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
    GreenMail mail = new GreenMail(new ServerSetup[] {smtp, imap});
    mail.start();
    mail.setUser(USER + "@example.jp", USER, PASSWORD);
    return mail;
  }

  /** A broker in this process. */
  static EmbeddedActiveMQ broker(int id) throws Exception {
    ConfigurationImpl configuration = new ConfigurationImpl();
    configuration.setPersistenceEnabled(false);
    configuration.setSecurityEnabled(false);
    configuration.addAcceptorConfiguration(
        new TransportConfiguration(
            InVMAcceptorFactory.class.getName(), Map.of("serverId", String.valueOf(id))));
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setConfiguration(configuration);
    broker.start();
    return broker;
  }

  static ActiveMQConnectionFactory connections(int id) {
    return new ActiveMQConnectionFactory("vm://" + id);
  }

  /**
   * An S3-compatible server that keeps objects in memory. It needs another servlet API than ours,
   * so it has a class loader of its own.
   */
  static Running s3() throws Exception {
    URLClassLoader loader = isolated("jakarta.servlet-api");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Properties store = new Properties();
      store.setProperty("jclouds.identity", USER);
      store.setProperty("jclouds.credential", "secret");
      Class<?> contexts = loader.loadClass("org.jclouds.ContextBuilder");
      Object builder = contexts.getMethod("newBuilder", String.class).invoke(null, "transient");
      contexts.getMethod("overrides", Properties.class).invoke(builder, store);
      Class<?> storeContext = loader.loadClass("org.jclouds.blobstore.BlobStoreContext");
      Object context = contexts.getMethod("build", Class.class).invoke(builder, storeContext);
      Object blobs = storeContext.getMethod("getBlobStore").invoke(context);
      return started(loader, blobs);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Running started(URLClassLoader loader, Object blobs) throws Exception {
    Class<?> proxies = loader.loadClass("org.gaul.s3proxy.S3Proxy");
    Class<?> types = loader.loadClass("org.gaul.s3proxy.AuthenticationType");
    Object builder = proxies.getMethod("builder").invoke(null);
    Class<?> builders = builder.getClass();
    Object signed = types.getField("AWS_V2_OR_V4").get(null);
    builders
        .getMethod("blobStore", loader.loadClass("org.jclouds.blobstore.BlobStore"))
        .invoke(builder, blobs);
    builders.getMethod("endpoint", URI.class).invoke(builder, URI.create("http://127.0.0.1:0"));
    builders
        .getMethod("awsAuthentication", types, String.class, String.class)
        .invoke(builder, signed, USER, "secret");
    Object server = builders.getMethod("build").invoke(builder);
    proxies.getMethod("start").invoke(server);
    int port = (int) proxies.getMethod("getPort").invoke(server);
    return new Server(port, () -> proxies.getMethod("stop").invoke(server));
  }

  private static URLClassLoader isolated(String without) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.exists(path) && !path.getFileName().toString().startsWith(without)) {
        urls.add(path.toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
