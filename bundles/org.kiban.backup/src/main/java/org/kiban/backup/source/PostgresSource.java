package org.kiban.backup.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.backup.BackupSource;

/**
 * A PostgreSQL database, or a whole server, that its own programs read: saved while they write, as
 * of the moment at which they began. Nothing is compressed here, so that the repository finds what
 * has not changed.
 *
 * @param name of the source
 * @param municipality empty if it is the node's
 * @param kind what is saved
 * @param uri of the database, without a password
 * @param password if it takes one
 * @param stored the file that a restore makes of it
 */
public record PostgresSource(
    String name,
    Optional<MunicipalityCode> municipality,
    Kind kind,
    String uri,
    Optional<String> password,
    Path stored)
    implements BackupSource {

  /** What is saved. */
  public enum Kind {
    /** One database, for {@code pg_restore}. */
    DUMP(".dump", "pg_dump", "--format=custom", "--compress=0", "--lock-wait-timeout=60000"),
    /** All files of the server with the WAL that they need: to be unpacked and started. */
    BASE(
        ".tar",
        "pg_basebackup",
        "--pgdata=-",
        "--format=tar",
        "--wal-method=fetch",
        "--checkpoint=fast");

    private final String suffix;
    private final List<String> command;

    Kind(String suffix, String... command) {
      this.suffix = suffix;
      this.command = List.of(command);
    }

    /** The end of the file's name. */
    public String suffix() {
      return suffix;
    }
  }

  @Override
  public View prepare(Staging staging) throws IOException {
    List<String> command = new ArrayList<>(kind.command);
    command.addAll(List.of("--no-password", "--dbname=" + uri));
    ProgramOutput output = ProgramOutput.begin(name, command, password);
    try {
      staging.stream(stored, output::stream);
    } catch (IOException | RuntimeException e) {
      output.close();
      throw e;
    }
    return new View() {
      @Override
      public List<Path> paths() {
        return List.of();
      }

      @Override
      public void close() {
        output.close();
      }
    };
  }

  @Override
  public String toString() {
    return name; // never the password
  }
}
