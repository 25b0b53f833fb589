package org.kiban.itests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A node as an operator has it: the unpacked distribution driven through {@code bin/kiban}, with a
 * data directory and a configuration of its own and free ports. Closing kills it. For one thread.
 */
public final class NodeProcess implements AutoCloseable {

  /** The files that name a port, and the key before the number. */
  private static final Map<String, String> PORTS =
      Map.of(
          "org.apache.karaf.shell.cfg", "sshPort\\s*=\\s*",
          "org.kiban.http.cfg.json", "\"port\"\\s*:\\s*",
          "org.kiban.messaging.broker.cfg.json", "\"port\"\\s*:\\s*");

  private final Path home;
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private List<String> wrapper = List.of();

  private NodeProcess(Path home, Path folder) throws IOException {
    this.home = home;
    this.folder = folder;
    Files.createDirectories(etc());
    for (Map.Entry<String, String> port : PORTS.entrySet()) {
      usePort(port.getKey(), port.getValue());
    }
    environment.put("KIBAN_DATA", data().toString());
    environment.put("KIBAN_ETC", etc().toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("KIBAN_LANG", "en");
  }

  private NodeProcess(Path home, NodeProcess same) {
    this.home = home;
    this.folder = same.folder;
    this.environment.putAll(same.environment);
    this.ports.putAll(same.ports);
    this.wrapper = same.wrapper;
  }

  /** The same node with its data and configuration on another distribution, as after an upgrade. */
  public NodeProcess at(Path otherHome) {
    return new NodeProcess(otherHome, this);
  }

  /**
   * Prepares a node on the shared distribution; nothing is started.
   *
   * @param name of its folder, made anew; tried with Japanese characters and spaces
   */
  public static NodeProcess create(String name) {
    return create(Distribution.shared().home(), Distribution.work().resolve("ノード " + name));
  }

  /**
   * Prepares a node on a distribution of one's own.
   *
   * @param home where the distribution lies
   * @param folder the node's, made anew
   */
  public static NodeProcess create(Path home, Path folder) {
    try {
      Distribution.delete(folder);
      return new NodeProcess(home, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void usePort(String file, String key) throws IOException {
    Path shipped = home.resolve("etc").resolve(file);
    if (Files.exists(shipped)) {
      int port = Ports.free();
      ports.put(file, port);
      Files.writeString(
          etc().resolve(file),
          Files.readString(shipped).replaceFirst("(?m)(^\\s*" + key + ")\\d+", "$1" + port));
    }
  }

  /** {@code KIBAN_DATA}. */
  public Path data() {
    return folder.resolve("デー タ");
  }

  /** {@code KIBAN_ETC}. */
  public Path etc() {
    return folder.resolve("etc");
  }

  /** {@code KIBAN_HOME}. */
  public Path home() {
    return home;
  }

  /**
   * The port that a configuration file names.
   *
   * @param file for example {@code org.kiban.http.cfg.json}
   */
  public int port(String file) {
    return ports.get(file);
  }

  /** Sets a variable of the operator's environment; an empty value removes it. */
  public NodeProcess with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs {@code bin/kiban} by way of another program, for example {@code setpriv …}. */
  public NodeProcess through(String... command) {
    wrapper = List.of(command);
    return this;
  }

  /** Writes a configuration file as an operator does: beside, then renamed. */
  public NodeProcess configure(String file, String content) {
    try {
      Path target = etc().resolve(file);
      Files.createDirectories(target.getParent());
      Path beside =
          Files.writeString(target.resolveSibling("." + target.getFileName() + ".new"), content);
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs {@code bin/kiban} with any arguments. */
  public Shell.Result kiban(String... arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.add(home.resolve("bin/kiban").toString());
    command.addAll(List.of(arguments));
    return Shell.run(command, environment);
  }

  /** Begins {@code bin/kiban exec}, whose output the caller reads while it goes on. */
  public Process begin(String command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin/kiban").toString(), "exec", command);
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).start();
  }

  /** Starts it and waits until it is ready; fails with the end of its log if it does not come. */
  public NodeProcess start() {
    Shell.Result result = kiban("start");
    if (result.status() != 0) {
      throw new AssertionError(
          "the node did not start (status %d)%n%s%n%s%n--- console%n%s%n--- log%n%s"
              .formatted(
                  result.status(),
                  result.out(),
                  result.err(),
                  tail("console.log"),
                  tail("karaf.log")));
    }
    return this;
  }

  /** Runs one shell command on the node. */
  public Shell.Result exec(String command) {
    return kiban("exec", command);
  }

  /** Stops it as an operator does. */
  public NodeProcess stop() {
    kiban("stop").expect(0);
    return this;
  }

  /** Ends it as a power cut does, and waits until the process is gone. */
  public NodeProcess kill() {
    process().ifPresent(NodeProcess::killAndWait);
    return this;
  }

  /** Begins a command and kills the node with -9 as soon as it has said something. */
  public void killWhen(String command, String said) throws IOException {
    StringBuilder seen = new StringBuilder();
    try (BufferedReader out = begin(command).inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        seen.append(line).append('\n');
        if (line.contains(said)) {
          kill();
          return;
        }
      }
    }
    throw new AssertionError("never " + said + ": " + seen);
  }

  private static void killAndWait(ProcessHandle process) {
    process.destroyForcibly();
    try {
      process.onExit().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError("process " + process.pid() + " survives kill -9", e);
    }
  }

  /** Its process, if it runs. */
  public java.util.Optional<ProcessHandle> process() {
    Path file = data().resolve("run/kiban.pid");
    try {
      // The command line holds the data directory: a number used again is somebody else.
      return Files.exists(file)
          ? ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
              .filter(ProcessHandle::isAlive)
              .filter(this::isOurs)
          : java.util.Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its process, waited for: 'start' may give up before the launcher has become the JVM. */
  public ProcessHandle launched() {
    for (int turn = 0; turn < 600; turn++) {
      var process = process();
      if (process.isPresent()) {
        return process.get();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new AssertionError("the JVM did not start: " + tail("console.log"));
  }

  private boolean isOurs(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
          .contains("-Dkiban.data=" + data());
    } catch (IOException e) {
      return false;
    }
  }

  /** What a tool of the JDK says of its JVM. */
  public String jcmd(String command) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
    String pid = Long.toString(process().orElseThrow().pid());
    return Shell.run(List.of(jcmd, pid, command)).expect(0).out();
  }

  /** Stacks of the threads that are in some code now, for a failure's message. */
  public String threads(String code) {
    if (process().isEmpty()) {
      return "(no process)";
    }
    return Arrays.stream(jcmd("Thread.print").split("\n\n"))
        .filter(stack -> stack.contains("at " + code))
        .collect(Collectors.joining("\n\n"));
  }

  /** The last lines of a log file, for a failure's message. */
  public String tail(String log) {
    try {
      Path file = data().resolve("log").resolve(log);
      if (!Files.exists(file)) {
        return "(no " + log + ")";
      }
      List<String> lines = Files.readAllLines(file);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
