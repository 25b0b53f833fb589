package org.kiban.audit;

import java.security.AccessController;
import java.security.Principal;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.ClientPrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;

/**
 * Who does something on the calling thread.
 *
 * @param user the name by which they logged in; {@code node} for the node itself
 * @param from the door and the address, empty if unknown
 */
public record Who(String user, String from) {

  /** The node itself. */
  public static final Who NODE = new Who("node", "");

  /** Whom the calling thread works for. */
  // The only way on Java 17; Karaf checks the roles of commands by it too.
  @SuppressWarnings("removal")
  public static Who calls() {
    return of(Subject.getSubject(AccessController.getContext()));
  }

  /**
   * Whom a login stands for.
   *
   * @param subject null for the node itself
   */
  public static Who of(Subject subject) {
    if (subject == null) {
      return NODE;
    }
    String user = names(subject.getPrincipals(UserPrincipal.class));
    return new Who(
        user.isEmpty() ? NODE.user() : user, names(subject.getPrincipals(ClientPrincipal.class)));
  }

  private static String names(Set<? extends Principal> principals) {
    return principals.stream().map(Principal::getName).sorted().collect(Collectors.joining(","));
  }
}
