package org.kiban.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedAction;
import java.util.List;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.kiban.control.api.Frame;
import org.kiban.control.api.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what clients ask for in a session of the shell, with the rights of an administrator. */
final class Commands {

  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  private static final String USER = "operator@local";
  private static final List<String> ROLES =
      List.of("admin", "manager", "viewer", "systembundles", "ssh", "group");

  private final SessionFactory shell;
  private final String nodeName;
  private final SeenCommands seen = new SeenCommands(Thread::sleep);

  Commands(SessionFactory shell, String nodeName) {
    this.shell = shell;
    this.nodeName = nodeName;
  }

  /** Runs a client's request to its end and sends the exit status. */
  void run(Client client) {
    PrivilegedAction<Integer> action = () -> execute(client);
    int status = Subject.doAs(operator(), action);
    // A client that is gone has interrupted this thread; one that is not gets its exit status.
    Thread.interrupted();
    try {
      client.out().send(Frame.exit(status));
    } catch (IOException e) {
      LOG.debug("a client left before its exit status", e);
    }
  }

  private int execute(Client client) {
    try (PrintStream out = print(client, Frame.Type.OUTPUT);
        PrintStream err = print(client, Frame.Type.ERROR)) {
      try {
        return client.request().kind() == Request.Kind.EXEC
            ? exec(client, out, err)
            : new ConsoleSession(shell, nodeName).hold(client);
      } catch (Exception | LinkageError e) {
        Failure failure = Failure.of(e, client.request().command(), client.locale());
        if (failure.bug()) {
          LOG.error("{}: {}", ControlMessage.COMMAND_FAILED.code(), client.request().command(), e);
        }
        out.flush();
        err.println(failure.text());
        return failure.status();
      }
    }
  }

  private int exec(Client client, PrintStream out, PrintStream err) throws Exception {
    // Standard input stays empty: who calls from cron or systemd has none.
    Session session = shell.create(InputStream.nullInputStream(), out, err);
    try {
      client.request().environment().forEach(session::put);
      session.put("APPLICATION", nodeName);
      String line = client.request().command();
      seen.await(session.getRegistry(), line);
      try {
        session.execute(line);
      } catch (Exception e) {
        if (!seen.isBack(session.getRegistry(), line, e)) {
          throw e;
        }
        session.execute(line);
      }
      return 0;
    } finally {
      session.close();
    }
  }

  private static PrintStream print(Client client, Frame.Type type) {
    OutputStream frames = client.out().stream(type);
    boolean terminal = client.request().columns() > 0;
    return new PrintStream(terminal ? frames : new PlainText(frames), true, StandardCharsets.UTF_8);
  }

  private static Subject operator() {
    Subject subject = new Subject();
    subject.getPrincipals().add(new UserPrincipal(USER));
    ROLES.forEach(role -> subject.getPrincipals().add(new RolePrincipal(role)));
    return new Subject(true, subject.getPrincipals(), Set.of(), Set.of());
  }
}
