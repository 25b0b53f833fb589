package org.kiban.control;

import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.Subject;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.kiban.core.NodePaths;

/** A shell whose every command is one script. */
final class FakeShell {

  private FakeShell() {}

  /** What a command does. */
  @FunctionalInterface
  interface Script {
    void run(Session session, PrintStream out) throws Exception;
  }

  static SessionFactory factory(Script script) {
    return proxy(
        SessionFactory.class, (self, method, args) -> session(script, (PrintStream) args[1]));
  }

  static NodePaths paths(Path data) {
    return proxy(
        NodePaths.class,
        (self, method, args) -> method.getName().equals("data") ? data : "kurashiki-1");
  }

  /** The principals that the caller acts as. */
  @SuppressWarnings("removal")
  static String principals() {
    return Subject.getSubject(AccessController.getContext()).getPrincipals().stream()
        .map(Principal::getName)
        .toList()
        .toString();
  }

  private static Session session(Script script, PrintStream out) {
    Map<String, Object> variables = new HashMap<>();
    return proxy(
        Session.class,
        (self, method, args) -> {
          switch (method.getName()) {
            case "get" -> {
              return variables.get((String) args[0]);
            }
            case "put" -> variables.put((String) args[0], args[1]);
            case "getRegistry" -> {
              return proxy(
                  Registry.class,
                  (registry, asked, names) ->
                      asked.getName().equals("getCommands") ? List.of() : null);
            }
            case "execute" -> script.run((Session) self, out);
            default -> {
              return null;
            }
          }
          return null;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(FakeShell.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
