package org.kiban.storage.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.keys.Keys;
import org.kiban.core.storage.Databases;
import org.kiban.core.storage.DurableFiles;
import org.kiban.storage.StorageMessage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Opens H2 databases, encrypted with the municipality's key. {@code retry:} keeps an interrupted
 * thread from closing the file, {@code WRITE_DELAY=0} keeps a commit across kill -9. H2 does not
 * sync, and opens a damaged file as it was before its newest readable part: what must not go back
 * unnoticed also stands in a {@code Journal}.
 */
@Component
public final class DatabasesComponent implements Databases {

  private static final String OPTIONS =
      ";CIPHER=AES;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE";

  private final NodePaths paths;
  private final Keys keys;
  private final DurableFiles files;
  private final Map<Name, DataSource> administrators = new ConcurrentHashMap<>();

  private record Name(MunicipalityCode code, String capability) {}

  /**
   * @param paths where databases lie
   * @param keys what they are encrypted with
   * @param files remembers which were created
   */
  @Activate
  public DatabasesComponent(
      @Reference NodePaths paths, @Reference Keys keys, @Reference DurableFiles files) {
    this.paths = paths;
    this.keys = keys;
    this.files = files;
  }

  /** Prepares a database that was opened. */
  @FunctionalInterface
  private interface Preparation {
    void run(Connection connection, String file, boolean fresh) throws SQLException, IOException;
  }

  @Override
  public Database open(MunicipalityCode code, String capability, ClassLoader migrations) {
    JdbcDataSource direct = administrator(code, capability);
    return opened(
        code,
        capability,
        direct,
        direct,
        (connection, file, fresh) ->
            new Migrations(file, capability, migrations).run(connection, fresh, paths.onTrial()));
  }

  @Override
  public Database openRestricted(MunicipalityCode code, String capability) {
    JdbcDataSource direct = administrator(code, capability);
    String password = password(code, capability + "-database-guest");
    JdbcDataSource guest = new JdbcDataSource();
    guest.setURL("jdbc:h2:retry:" + base(code, capability) + ";CIPHER=AES;SCHEMA=GUEST");
    guest.setUser("GUEST");
    guest.setPassword(password(code, capability + "-database") + ' ' + password);
    return opened(
        code,
        capability,
        direct,
        GuestDataSource.of(direct, guest),
        (connection, file, fresh) -> {
          try (Statement statement = connection.createStatement()) {
            // The password is hexadecimal, so it needs no escaping.
            statement.execute("CREATE USER IF NOT EXISTS GUEST PASSWORD '" + password + "'");
            statement.execute("CREATE SCHEMA IF NOT EXISTS GUEST AUTHORIZATION GUEST");
          }
        });
  }

  private JdbcDataSource administrator(MunicipalityCode code, String capability) {
    String password = password(code, capability + "-database");
    JdbcDataSource direct = new JdbcDataSource();
    direct.setURL("jdbc:h2:retry:" + base(code, capability) + OPTIONS);
    direct.setUser("kiban");
    direct.setPassword(password + ' ' + password);
    return direct;
  }

  private String password(MunicipalityCode code, String purpose) {
    return HexFormat.of().formatHex(keys.municipality(code, purpose).getEncoded());
  }

  private Path base(MunicipalityCode code, String capability) {
    return paths.municipalityDirectory(code, capability).resolve("database");
  }

  private Database opened(
      MunicipalityCode code,
      String capability,
      DataSource administrator,
      DataSource user,
      Preparation preparation) {
    Path base = base(code, capability);
    String file = base + ".mv.db";
    Path created = base.resolveSibling("database.created");
    boolean fresh = !Files.exists(created);
    if (!fresh && !Files.exists(Path.of(file))) {
      throw new KibanException(Outcome.REFUSED, StorageMessage.MISSING, file, created);
    }
    try (Connection connection = administrator.getConnection()) {
      preparation.run(connection, file, fresh);
      if (fresh) {
        files.write(created, out -> {});
      }
      Name name = new Name(code, capability);
      administrators.put(name, administrator);
      return new PooledDatabase(
          "kiban-storage-" + code + '-' + capability,
          user,
          administrator,
          () -> administrators.remove(name, administrator));
    } catch (SQLException e) {
      throw failure(e, file);
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, StorageMessage.CANNOT_OPEN, file, e.getMessage());
    }
  }

  @Override
  public List<String> open(MunicipalityCode code) {
    return administrators.keySet().stream()
        .filter(n -> n.code().equals(code))
        .map(Name::capability)
        .sorted()
        .toList();
  }

  @Override
  public Path file(MunicipalityCode code, String capability) {
    return base(code, capability).resolveSibling("database.mv.db");
  }

  @Override
  public void copy(MunicipalityCode code, String capability, Path into) throws IOException {
    DataSource administrator = administrators.get(new Name(code, capability));
    if (administrator == null) {
      throw new IOException(file(code, capability) + " is not open");
    }
    Path zip = into.resolveSibling(into.getFileName() + ".zip");
    try (Connection connection = administrator.getConnection();
        var backup = connection.prepareStatement("BACKUP TO ?")) {
      backup.setString(1, zip.toString());
      backup.execute();
      unpack(zip, into);
    } catch (SQLException e) {
      throw new IOException(
          file(code, capability) + " cannot be copied: " + Scrubber.text(e), Scrubber.scrub(e));
    } finally {
      Files.deleteIfExists(zip);
    }
  }

  /** H2 copies its file, encrypted as it is, into an archive: the only way while it is open. */
  private static void unpack(Path zip, Path into) throws IOException {
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry e = entries.getNextEntry(); e != null; e = entries.getNextEntry()) {
        if (e.getName().endsWith(".mv.db")) {
          Files.copy(entries, into);
          return;
        }
      }
    }
    throw new IOException(zip + " holds no database");
  }

  private static KibanException failure(SQLException e, String file) {
    SQLException clean = Scrubber.scrub(e);
    return switch (e.getErrorCode()) {
      case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
          new KibanException(clean, Outcome.REFUSED, StorageMessage.IN_USE, file);
      case ErrorCode.FILE_ENCRYPTION_ERROR_1, ErrorCode.WRONG_USER_OR_PASSWORD ->
          new KibanException(clean, Outcome.REFUSED, StorageMessage.WRONG_KEY, file);
      // A file whose newest part is unreadable is opened by H2 as it was before that part, or
      // empty.
      case ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
          ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1,
          ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.GENERAL_ERROR_1 ->
          new KibanException(clean, Outcome.FAILED, StorageMessage.DAMAGED, file);
      default ->
          new KibanException(
              clean, Outcome.FAILED, StorageMessage.CANNOT_OPEN, file, clean.getMessage());
    };
  }
}
