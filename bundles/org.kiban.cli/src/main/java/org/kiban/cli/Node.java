package org.kiban.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.kiban.control.api.Frame;
import org.kiban.control.api.Request;
import org.kiban.control.api.SocketPath;

/** The node of a data directory, asked over its socket. */
final class Node {

  private static final int FAILED = 1;
  private static final int UNKNOWN_COMMAND = 2;
  private static final int REFUSED = 3;

  private final Path data;
  private final ClientEnvironment environment;
  private final PrintStream out;
  private final PrintStream err;

  Node(Path data, ClientEnvironment environment, PrintStream out, PrintStream err) {
    this.data = data;
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** Executes a command line and answers its exit status. */
  int exec(String command) {
    return talk(toExec(command), channel -> relay(channel, out, err));
  }

  /** Prints the node's status; 0 only if it is ready. */
  int status(String option) {
    Request request = toExec(("node:status " + option).strip());
    Held held = new Held();
    int status = talk(request, channel -> relay(channel, out, held.stream()));
    if (status == UNKNOWN_COMMAND) {
      err.println(CliMessage.STARTING.describe(environment.locale()));
      return FAILED;
    }
    err.print(held.text());
    return status;
  }

  /** Holds an interactive session. */
  int console() {
    Tty tty = new Tty();
    if (System.console() == null || !tty.usable()) {
      err.println(CliMessage.NO_TERMINAL.describe(environment.locale()));
      return FAILED;
    }
    Tty.Size size = tty.size();
    Request request =
        new Request(Request.Kind.CONSOLE, "", environment.toSend(), size.columns(), size.lines());
    return talk(
        request,
        channel -> {
          try (Keyboard keyboard = new Keyboard(channel, tty)) {
            keyboard.start();
            return relay(channel, out, err);
          }
        });
  }

  /** Without a terminal on both sides the answer goes to a file or a program: size 0. */
  private Request toExec(String command) {
    boolean terminal = System.console() != null;
    return new Request(
        Request.Kind.EXEC,
        command,
        environment.toSend(),
        terminal ? environment.columns() : 0,
        terminal ? environment.lines() : 0);
  }

  /** What to do with a connection once the request is sent. */
  @FunctionalInterface
  private interface Conversation {
    int hold(SocketChannel channel) throws IOException;
  }

  private int talk(Request request, Conversation conversation) {
    SocketChannel channel;
    try {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()));
    } catch (IOException e) {
      boolean denied =
          e instanceof AccessDeniedException
              || String.valueOf(e.getMessage()).contains("Permission denied");
      return denied
          ? failed(CliMessage.NOT_PERMITTED, REFUSED, data)
          : failed(starting() ? CliMessage.STARTING : CliMessage.NOT_RUNNING, FAILED, data);
    }
    try (channel) {
      request.toFrame().writeTo(channel);
      return conversation.hold(channel);
    } catch (IOException e) {
      return failed(CliMessage.BROKEN_OFF, FAILED, e.getMessage());
    }
  }

  /** Whether the process that bin/kiban wrote down lives, although its door is not open yet. */
  private boolean starting() {
    try {
      String pid = Files.readString(data.resolve("run").resolve("kiban.pid")).strip();
      return ProcessHandle.of(Long.parseLong(pid)).isPresent();
    } catch (IOException | NumberFormatException neverStarted) {
      return false;
    }
  }

  private Path socket() throws IOException {
    Path pointer = SocketPath.pointer(data);
    try {
      return Path.of(Files.readString(pointer, StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException neverStarted) {
      return SocketPath.usual(data);
    }
  }

  private static int relay(SocketChannel channel, PrintStream out, PrintStream err)
      throws IOException {
    for (Frame frame = Frame.readFrom(channel); frame != null; frame = Frame.readFrom(channel)) {
      switch (frame.type()) {
        case OUTPUT -> show(frame, out);
        case ERROR -> show(frame, err);
        case EXIT -> {
          return frame.number(0);
        }
        default -> throw new IOException("unexpected frame " + frame.type());
      }
    }
    throw new IOException("the connection ended");
  }

  private static void show(Frame frame, PrintStream to) {
    to.write(frame.content(), 0, frame.content().length);
    to.flush();
  }

  private int failed(CliMessage message, int status, Object... args) {
    err.println(message.describe(environment.locale(), args));
    return status;
  }
}
