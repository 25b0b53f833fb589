package org.kiban.update.os;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.update.UpdateCode;

/**
 * What apt and dpkg say of the operating system's packages. It only asks: it needs no rights and
 * changes nothing. Safe for any thread; a question takes seconds.
 *
 * @param folder with the programs, {@code /usr/bin}
 * @param lists of apt, {@code /var/lib/apt/lists}
 * @param environment added to that of the programs
 * @param urgent which sources bring security updates
 */
public record OsPackages(Path folder, Path lists, Map<String, String> environment, Urgent urgent) {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /**
   * An installed package.
   *
   * @param name of the package
   * @param version that is installed
   * @param architecture for example {@code amd64}
   */
  public record Installed(String name, String version, String architecture) {}

  /** Those of this machine. */
  public static OsPackages ofThisMachine(Urgent urgent) {
    return new OsPackages(Path.of("/usr/bin"), Path.of("/var/lib/apt/lists"), Map.of(), urgent);
  }

  /**
   * A source of security updates whose metadata is too old: nobody brings newer, or somebody holds
   * them back.
   *
   * @param oldest the age that is still good
   */
  public Optional<Source> stale(Instant now, Duration oldest) {
    return sources().stream()
        .filter(Source::security)
        .filter(s -> s.date() == null || s.date().plus(oldest).isBefore(now))
        .findFirst();
  }

  /** Whether this is a system that apt manages. */
  public boolean isThere() {
    return Files.isExecutable(folder.resolve("apt-get"));
  }

  /**
   * What has newer versions, as far as apt's lists know.
   *
   * @throws KibanException if apt cannot say
   */
  public List<Pending> pending() {
    return Pending.parse(
        ask("apt-get", "-s", "-q", "-o", "Debug::NoLocking=1", "dist-upgrade"), urgent);
  }

  /** What is installed. */
  public List<Installed> installed() {
    List<Installed> installed = new ArrayList<>();
    String form = "${db:Status-Abbrev}\t${Package}\t${Version}\t${Architecture}\n";
    for (String line : ask("dpkg-query", "-W", "-f", form)) {
      String[] fields = line.split("\t");
      if (fields.length == 4 && fields[0].startsWith("ii")) {
        installed.add(new Installed(fields[1], fields[2], fields[3]));
      }
    }
    return installed;
  }

  /** The sources whose metadata apt has. */
  public List<Source> sources() {
    try {
      return Source.read(lists, urgent);
    } catch (IOException e) {
      throw failed(lists.toString(), e.toString());
    }
  }

  /** What the sources offer now, from what the helper says. */
  public List<Source> offered(List<String> lines) {
    return Source.parse(lines, urgent);
  }

  /** What else would come with a version of a package, each as name and version. */
  public List<String> with(String name, String version) {
    return Pending.parse(
            ask(
                "apt-get",
                "-s",
                "-q",
                "-o",
                "Debug::NoLocking=1",
                "--no-remove",
                "--no-install-recommends",
                "--only-upgrade",
                "install",
                name + "=" + version),
            urgent)
        .stream()
        .filter(p -> !p.name().equals(name))
        .map(p -> p.name() + " " + p.to())
        .toList();
  }

  private List<String> ask(String program, String... arguments) {
    if (!isThere()) {
      throw new KibanException(Outcome.FAILED, UpdateCode.NO_APT, folder.resolve("apt-get"));
    }
    List<String> command = new ArrayList<>(List.of(folder.resolve(program).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("LC_ALL", "C");
    try {
      Path errors = Files.createTempFile("kiban-apt", ".err");
      try {
        Process process = builder.redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        List<String> lines = read(process);
        if (process.exitValue() != 0) {
          throw failed(program, Files.readString(errors).strip());
        }
        return lines;
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw failed(program, e.toString());
    }
  }

  private static List<String> read(Process process) throws IOException {
    Thread watch = new Thread(() -> endLate(process), "kiban-update-apt");
    watch.setDaemon(true);
    watch.start();
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text.lines().toList();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * A program that hangs, for example on a dead network folder, must not hold the node's thread.
   */
  private static void endLate(Process process) {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static KibanException failed(String program, String why) {
    return new KibanException(Outcome.FAILED, UpdateCode.APT_FAILED, program, why);
  }
}
