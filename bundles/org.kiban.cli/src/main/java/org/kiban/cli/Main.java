package org.kiban.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/**
 * Entry point of {@code bin/kiban exec|status|console}, and of tools that need no node; {@code
 * bin/kiban} does the rest.
 */
public final class Main {

  private static final int USAGE = 2;

  private Main() {}

  /**
   * Asks the node and ends with the command's exit status.
   *
   * @param args {@code KIBAN_DATA}, what to do, and its arguments
   */
  public static void main(String[] args) {
    PrintStream out = print(FileDescriptor.out);
    PrintStream err = print(FileDescriptor.err);
    int status = run(args, System.getenv(), out, err);
    out.flush();
    err.flush();
    Runtime.getRuntime().halt(status);
  }

  static int run(String[] args, Map<String, String> env, PrintStream out, PrintStream err) {
    ClientEnvironment environment = new ClientEnvironment(env);
    if (args.length < 2) {
      return usage(environment, err);
    }
    Node node = new Node(Path.of(args[0]).toAbsolutePath().normalize(), environment, out, err);
    List<String> rest = Arrays.asList(args).subList(2, args.length);
    String command = String.join(" ", rest);
    return switch (args[1]) {
      case "exec" -> command.isBlank() ? usage(environment, err) : node.exec(command);
      case "status" ->
          rest.isEmpty() || rest.equals(List.of("--json"))
              ? node.status(command)
              : usage(environment, err);
      case "console" -> rest.isEmpty() ? node.console() : usage(environment, err);
      default ->
          ToolProvider.findFirst(args[1])
              .map(tool -> tool.run(out, err, rest.toArray(String[]::new)))
              .orElseGet(() -> usage(environment, err));
    };
  }

  private static int usage(ClientEnvironment environment, PrintStream err) {
    err.println(CliMessage.USAGE.describe(environment.locale()));
    return USAGE;
  }

  private static PrintStream print(FileDescriptor descriptor) {
    OutputStream out = new FileOutputStream(descriptor);
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }
}
