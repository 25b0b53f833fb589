package org.kiban.control;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.kiban.control.api.Frame;

/** An interactive session whose terminal is the client's: line editing happens in the node. */
final class ConsoleSession {

  private final SessionFactory shell;
  private final String nodeName;

  ConsoleSession(SessionFactory shell, String nodeName) {
    this.shell = shell;
    this.nodeName = nodeName;
  }

  /**
   * Holds the session until the operator ends it.
   *
   * @return the exit status
   */
  int hold(Client client) throws IOException {
    String type = client.request().environment().getOrDefault("TERM", "xterm");
    try (SocketTerminal terminal =
        new SocketTerminal(type, client.in(), client.out().stream(Frame.Type.OUTPUT))) {
      terminal.setSize(new Size(client.request().columns(), client.request().lines()));
      client.onResize(
          (columns, lines) -> {
            terminal.setSize(new Size(columns, lines));
            terminal.raise(Signal.WINCH);
          });
      PrintStream out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
      Session session =
          shell.create(
              terminal.input(), out, out, terminal, StandardCharsets.UTF_8.name(), () -> {});
      client.request().environment().forEach(session::put);
      session.put("APPLICATION", nodeName);
      session.run();
      return 0;
    }
  }
}
