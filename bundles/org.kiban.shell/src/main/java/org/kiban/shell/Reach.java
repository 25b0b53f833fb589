package org.kiban.shell;

import java.lang.reflect.Field;
import java.security.AccessController;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.action.Argument;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Which municipalities a caller may name. Roles {@code municipality-<code>} restrict everyone who
 * has one, administrators too, to those; without any, administrators reach all and others none. A
 * command names a municipality by its first argument, if that is called {@code municipality} or
 * {@code code}.
 */
final class Reach {

  private static final String SCOPE = "municipality-";
  private static final String ADMINISTRATOR = "admin";
  private static final Set<String> NAMES = Set.of("municipality", "code");

  private Reach() {}

  /**
   * Refuses a command about a municipality that its caller's roles do not reach.
   *
   * @param command with its arguments set
   * @throws KibanException (refused) if so
   */
  static void require(Object command) throws IllegalAccessException {
    Optional<Field> argument = municipality(command.getClass());
    if (argument.isPresent()) {
      Field field = argument.get();
      field.setAccessible(true);
      require((String) field.get(command));
    }
  }

  /**
   * Refuses what its caller's roles do not reach.
   *
   * @param code null for what is about all municipalities
   * @throws KibanException (refused) if so
   */
  static void require(String code) {
    Subject caller = caller();
    // Without a subject it is the node itself, for example its start script.
    if (caller != null) {
      require(roles(caller), code);
    }
  }

  /**
   * The same, of what is known already.
   *
   * @param code as the operator typed it, or null if it was left out
   */
  static void require(Set<String> roles, String code) {
    SortedSet<String> scopes =
        roles.stream()
            .filter(r -> r.startsWith(SCOPE))
            .map(r -> r.substring(SCOPE.length()))
            .collect(Collectors.toCollection(TreeSet::new));
    boolean all = scopes.isEmpty() && roles.contains(ADMINISTRATOR);
    if (all || (code != null && scopes.contains(code))) {
      return;
    }
    throw code == null
        ? new KibanException(Outcome.REFUSED, ShellMessage.NAME_ONE, String.join(", ", scopes))
        : new KibanException(Outcome.REFUSED, ShellMessage.NOT_YOURS, code);
  }

  /** The argument by which a command names a municipality. */
  static Optional<Field> municipality(Class<?> command) {
    for (Class<?> type = command; type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        Argument argument = field.getAnnotation(Argument.class);
        if (argument != null && argument.index() == 0 && NAMES.contains(argument.name())) {
          return Optional.of(field);
        }
      }
    }
    return Optional.empty();
  }

  /** The name by which the caller logged in; {@code node} if it is the node itself. */
  static String user() {
    Subject caller = caller();
    return caller == null
        ? "node"
        : caller.getPrincipals(UserPrincipal.class).stream()
            .map(UserPrincipal::getName)
            .findFirst()
            .orElse("node");
  }

  private static Set<String> roles(Subject caller) {
    return caller.getPrincipals(RolePrincipal.class).stream()
        .map(RolePrincipal::getName)
        .collect(Collectors.toSet());
  }

  // The only way on Java 17; Karaf checks the roles of commands by it too.
  @SuppressWarnings("removal")
  private static Subject caller() {
    return Subject.getSubject(AccessController.getContext());
  }
}
