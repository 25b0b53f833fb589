package org.kiban.messaging;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.kiban.core.MunicipalityCode;

/** A broker as the node runs it, with two municipalities and a realm of a few users. */
final class TestBroker {

  static final MunicipalityCode KURASHIKI = new MunicipalityCode("332020");
  static final MunicipalityCode TAKAMATSU = new MunicipalityCode("372013");
  static final String PASSWORD = "correct horse";

  /** User → roles. */
  private static final Map<String, String> USERS =
      Map.of(
          "kurashiki", "integrate,municipality-332020",
          "takamatsu", "integrate,municipality-372013",
          "kurashiki-viewer", "view,municipality-332020",
          "nobody", "integrate",
          "root", "admin,manager,group");

  private final Broker broker;
  private final Pki pki;

  private TestBroker(Broker broker, Pki pki) {
    this.broker = broker;
    this.pki = pki;
  }

  static TestBroker start(Path directory, Map<String, Object> settings) throws Exception {
    Configuration.setConfiguration(new Realm());
    Pki pki = Pki.in(directory);
    Broker broker =
        Broker.start(
            new BrokerConfiguration(Settings.of(settings)),
            new Access("test"),
            directory.resolve("messaging"),
            "test-node");
    broker.listen(pki);
    broker.admit(KURASHIKI);
    broker.admit(TAKAMATSU);
    return new TestBroker(broker, pki);
  }

  Broker broker() {
    return broker;
  }

  Pki pki() {
    return pki;
  }

  void stop() throws Exception {
    broker.stop();
  }

  /** A factory of a client outside the process: TLS, trust in the node's authority. */
  ActiveMQConnectionFactory client() {
    return client(pki, broker.port());
  }

  static ActiveMQConnectionFactory client(Pki pki, int port) {
    return new ActiveMQConnectionFactory(
        "tcp://localhost:"
            + port
            + "?sslEnabled=true&trustStoreType=PKCS12&callTimeout=5000&trustStorePath="
            + pki.trustStore()
            + "&trustStorePassword="
            + new String(pki.password()));
  }

  Connection connect(String user) throws JMSException {
    Connection connection = client().createConnection(user, PASSWORD);
    connection.start();
    return connection;
  }

  /** One JAAS realm whose users all have the same password. */
  private static final class Realm extends Configuration {
    @Override
    public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
      return new AppConfigurationEntry[] {
        new AppConfigurationEntry(
            Module.class.getName(),
            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
            new HashMap<>())
      };
    }
  }

  /** Checks the password and gives the roles. */
  public static final class Module implements LoginModule {
    private Subject subject;
    private CallbackHandler handler;
    private String user;

    @Override
    public void initialize(
        Subject subject, CallbackHandler handler, Map<String, ?> state, Map<String, ?> options) {
      this.subject = subject;
      this.handler = handler;
    }

    @Override
    public boolean login() throws LoginException {
      NameCallback name = new NameCallback("user");
      PasswordCallback password = new PasswordCallback("password", false);
      try {
        handler.handle(new Callback[] {name, password});
      } catch (Exception e) {
        throw new LoginException(e.getMessage());
      }
      if (!USERS.containsKey(name.getName())
          || !PASSWORD.equals(new String(password.getPassword()))) {
        throw new LoginException("no");
      }
      user = name.getName();
      return true;
    }

    @Override
    public boolean commit() {
      subject.getPrincipals().add(new UserPrincipal(user));
      for (String role : USERS.get(user).split(",")) {
        subject.getPrincipals().add(new RolePrincipal(role));
      }
      return true;
    }

    @Override
    public boolean abort() {
      return true;
    }

    @Override
    public boolean logout() {
      return true;
    }
  }
}
