package org.kiban.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kiban.backup.tree.Trees;

/** A real server on a port of its own, as a user who may do nothing else. */
final class PostgresServer implements Closeable {

  static final String PASSWORD = "geheim-合言葉";
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  private final Path home;
  private final int port;

  private PostgresServer(Path home) throws IOException {
    this.home = home;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = socket.getLocalPort();
    }
  }

  /** Tests are skipped, and say so, where it is missing. */
  static Path programs() throws IOException {
    Optional<Path> found = Optional.empty();
    if (Files.isDirectory(VERSIONS)) {
      try (Stream<Path> versions = Files.list(VERSIONS)) {
        found =
            versions
                .map(v -> v.resolve("bin"))
                .filter(b -> Files.isExecutable(b.resolve("initdb")))
                .findFirst();
      }
    }
    assumeTrue(found.isPresent(), "no PostgreSQL server (apt-get install postgresql)");
    return found.get();
  }

  /** A new, empty server. */
  static PostgresServer fresh() throws Exception {
    PostgresServer server = new PostgresServer(directory());
    Path password = Files.writeString(server.home.resolve("password"), PASSWORD);
    give(password);
    server.program(
        "initdb",
        List.of("--auth=scram-sha-256", "-U", "kiban", "--pwfile=" + password, "--no-sync"));
    return server.start();
  }

  /** A server of the files that another had, in a tar. */
  static PostgresServer of(Path tar) throws Exception {
    PostgresServer server = new PostgresServer(directory());
    Path data = Files.createDirectory(server.home.resolve("data"));
    Files.setAttribute(data, "unix:mode", 0700);
    run(List.of("tar", "xf", tar.toString(), "-C", data.toString()));
    if (ROOT) {
      run(List.of("chown", "-R", "nobody:nogroup", data.toString()));
    }
    return server.start();
  }

  private static Path directory() throws IOException {
    Path directory = Files.createTempDirectory("kiban-postgres");
    give(directory);
    return directory;
  }

  private static void give(Path path) throws IOException {
    if (ROOT) {
      UserPrincipalLookupService names = path.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(path, names.lookupPrincipalByName("nobody"));
    }
  }

  private PostgresServer start() throws Exception {
    String settings =
        "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off";
    program("pg_ctl", List.of("start", "-w", "-o", settings, "-l", home.resolve("log").toString()));
    return this;
  }

  private void program(String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (ROOT) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.add(programs().resolve(name).toString());
    command.addAll(List.of("-D", home.resolve("data").toString()));
    command.addAll(arguments);
    run(command);
  }

  private static String run(List<String> command) throws IOException {
    Path out = Files.createTempFile("kiban-postgres", ".out");
    try {
      // To a file: a server that it starts would keep a pipe open.
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("PGPASSWORD", PASSWORD);
      builder.directory(new java.io.File("/"));
      Process process = builder.redirectOutput(out.toFile()).start();
      process.getOutputStream().close();
      int status = process.onExit().join().exitValue();
      String text = Files.readString(out);
      assertThat(status).as(String.join(" ", command) + "\n" + text).isZero();
      return text.strip();
    } finally {
      Files.delete(out);
    }
  }

  String uri(String database) {
    return "postgresql://kiban@127.0.0.1:" + port + '/' + database;
  }

  /** Runs a statement; returns what it answers. */
  String sql(String database, String statement) throws Exception {
    return run(List.of("psql", "-w", "-AtX", "-d", uri(database), "-c", statement));
  }

  /** Makes a database of a dump. */
  void restore(String database, Path dump) throws Exception {
    sql("postgres", "create database " + database);
    run(List.of("pg_restore", "-w", "-d", uri(database), dump.toString()));
  }

  @Override
  public void close() throws IOException {
    program("pg_ctl", List.of("stop", "-m", "immediate"));
    Trees.remove(home);
  }
}
