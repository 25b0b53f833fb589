package org.kiban.route.wall;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.kiban.core.MunicipalityCode;

/** Who may call routes over HTTPS. */
class Callers {

  private static final String BASIC = "Basic ";

  private final String realm;

  /**
   * @param realm the JAAS realm of the node's users
   */
  Callers(String realm) {
    this.realm = realm;
  }

  /**
   * Tells whether a request may pass.
   *
   * @param authorization the header, or null
   */
  boolean mayEnter(MunicipalityCode code, String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return false;
    }
    String[] credentials;
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      credentials = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return credentials.length == 2 && holdsRole(code, credentials[0], credentials[1]);
  }

  private boolean holdsRole(MunicipalityCode code, String user, String password) {
    try {
      LoginContext login =
          new LoginContext(realm, new Subject(), callbacks -> answer(callbacks, user, password));
      login.login();
      Set<String> roles =
          login.getSubject().getPrincipals(RolePrincipal.class).stream()
              .map(Principal::getName)
              .collect(Collectors.toSet());
      return roles.contains("municipality-" + code)
          && (roles.contains("integrate") || roles.contains("admin"));
    } catch (LoginException e) {
      return false;
    }
  }

  private static void answer(Callback[] callbacks, String user, String password) {
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        name.setName(user);
      } else if (callback instanceof PasswordCallback secret) {
        secret.setPassword(password.toCharArray());
      }
    }
  }
}
