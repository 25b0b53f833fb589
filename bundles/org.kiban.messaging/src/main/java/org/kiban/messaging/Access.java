package org.kiban.messaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager4;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.kiban.core.MunicipalityCode;

/**
 * Who may do what at the broker. A user reaches addresses that begin with the code of a
 * municipality whose role it holds, and nothing else, whatever Artemis's own security settings say:
 * to read along it needs any role of the node, to send, take and create the role integrate or
 * admin.
 *
 * <p>The node's own capabilities come with a secret per municipality that is drawn anew whenever
 * the broker starts and never leaves the process.
 */
final class Access implements ActiveMQSecurityManager4 {

  private static final String MUNICIPALITY = "municipality-";
  private static final Set<String> WRITERS = Set.of("integrate", "admin");
  private static final Set<String> READERS = Set.of("view", "operate", "integrate", "admin");
  private static final Pattern ADDRESS = Pattern.compile("([0-9]{6})\\..+");

  private final String realm;
  private final Map<String, String> internal = new ConcurrentHashMap<>();
  private final Map<RemotingConnection, Subject> users =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final Logins logins = new Logins(System::nanoTime);

  /**
   * @param realm the JAAS realm that external users are authenticated by
   */
  Access(String realm) {
    this.realm = realm;
  }

  /** Lets the node's own capabilities in for a municipality; returns the password for it. */
  String admit(MunicipalityCode code) {
    return internal.computeIfAbsent(internalUser(code), u -> randomPassword());
  }

  /** Closes the door that {@link #admit} opened. */
  void withdraw(MunicipalityCode code) {
    internal.remove(internalUser(code));
    // In this order: a permission that is given meanwhile is either forgotten or not given.
    logins.clear();
  }

  /** Whether it is open for the municipality that an address belongs to. */
  boolean isAdmitted(String code) {
    return internal.containsKey("kiban:" + code);
  }

  static String internalUser(MunicipalityCode code) {
    return "kiban:" + code;
  }

  static String randomPassword() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The municipality that an address, a queue or a full queue name belongs to. */
  static Optional<String> owner(String name) {
    Matcher m = ADDRESS.matcher(name == null ? "" : name);
    if (!m.matches()) {
      return Optional.empty();
    }
    String queue = name.contains("::") ? name.substring(name.indexOf("::") + 2) : "";
    boolean foreign = queue.matches("[0-9]{6}\\..*") && !queue.startsWith(m.group(1));
    return foreign ? Optional.empty() : Optional.of(m.group(1));
  }

  /** Tells whether a subject acts for a municipality, in any role. */
  static boolean actsFor(Subject subject, MunicipalityCode code) {
    return holds(subject, code.value(), READERS);
  }

  /** Tells whether a subject may see what belongs to a name. */
  static boolean mayRead(Subject subject, String name) {
    return owner(name).filter(c -> holds(subject, c, READERS)).isPresent();
  }

  /** Who logged in last on a connection, or null. */
  Subject user(RemotingConnection connection) {
    return users.get(connection);
  }

  @Override
  public String validateUser(
      String user, String password, RemotingConnection connection, String securityDomain) {
    Subject subject = login(user, password).subject();
    if (subject != null && connection != null) {
      users.put(connection, subject);
    }
    return subject == null ? null : user;
  }

  @Override
  public boolean validateUser(String user, String password) {
    return validateUser(user, password, null, null) != null;
  }

  @Override
  public String validateUserAndRole(
      String user,
      String password,
      Set<Role> roles,
      CheckType check,
      String address,
      RemotingConnection connection,
      String securityDomain) {
    Logins.Login login = login(user, password);
    return login.may(check, address, () -> mayDo(check, login.subject(), address)) ? user : null;
  }

  @Override
  public boolean validateUserAndRole(
      String user, String password, Set<Role> roles, CheckType checkType) {
    return false;
  }

  private boolean mayDo(CheckType check, Subject subject, String address) {
    Set<String> wanted = check == CheckType.BROWSE ? READERS : WRITERS;
    return switch (check) {
      case MANAGE, VIEW, EDIT -> false;
      default -> owner(address).filter(c -> isAdmitted(c) && holds(subject, c, wanted)).isPresent();
    };
  }

  private Logins.Login login(String user, String password) {
    return logins.of(user, password, () -> authenticate(user, password));
  }

  private Subject authenticate(String user, String password) {
    if (user == null || password == null) {
      return null;
    }
    if (user.startsWith("kiban:")) {
      return internalSubject(user, password);
    }
    try {
      LoginContext login = new LoginContext(realm, new Subject(), new Credentials(user, password));
      login.login();
      return login.getSubject();
    } catch (LoginException e) {
      return null;
    }
  }

  private Subject internalSubject(String user, String password) {
    String secret = internal.get(user);
    if (secret == null || !same(secret, password)) {
      return null;
    }
    Subject subject = new Subject();
    subject.getPrincipals().add(new RolePrincipal("integrate"));
    subject.getPrincipals().add(new RolePrincipal(MUNICIPALITY + user.substring(6)));
    return subject;
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean holds(Subject subject, String code, Set<String> oneOf) {
    if (subject == null) {
      return false;
    }
    Set<String> held =
        subject.getPrincipals(RolePrincipal.class).stream()
            .map(Principal::getName)
            .collect(Collectors.toSet());
    return held.contains(MUNICIPALITY + code) && held.stream().anyMatch(oneOf::contains);
  }

  /** Answers JAAS with what the client sent. */
  private record Credentials(String user, String password) implements CallbackHandler {
    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
      for (Callback callback : callbacks) {
        if (callback instanceof NameCallback name) {
          name.setName(user);
        } else if (callback instanceof PasswordCallback secret) {
          secret.setPassword(password.toCharArray());
        } else {
          throw new UnsupportedCallbackException(callback);
        }
      }
    }
  }
}
