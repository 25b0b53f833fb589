package org.kiban.storage.database;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.storage.StorageMessage;
import org.osgi.framework.BundleReference;

/**
 * Brings a schema up to date with the scripts {@code V<n>__<what>.sql}, each run once, in order. A
 * script may hold several statements; it should be able to run again after a failure, because H2
 * commits every change of a schema at once.
 */
final class Migrations {

  private static final Pattern NAME = Pattern.compile("V([0-9]+)__\\w+\\.sql");
  private static final String HISTORY =
      "CREATE TABLE IF NOT EXISTS schema_history (version INT PRIMARY KEY, script VARCHAR(200)"
          + " NOT NULL, sha256 CHAR(64) NOT NULL, applied TIMESTAMP DEFAULT CURRENT_TIMESTAMP"
          + " NOT NULL)";

  /** One script. */
  private record Script(String name, String text) {

    /** Its content, whatever the line ends of the checkout it was built from. */
    String sha256() {
      try {
        return HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java runtime lacks SHA-256", e);
      }
    }
  }

  private final String file;
  private final SortedMap<Integer, Script> scripts = new TreeMap<>();

  /**
   * @param file the database, for messages
   * @param capability whose schema
   * @param loader holds the scripts
   */
  Migrations(String file, String capability, ClassLoader loader) throws IOException {
    this.file = file;
    Enumeration<URL> found = scripts("db/" + capability, loader);
    while (found.hasMoreElements()) {
      URL url = found.nextElement();
      String name = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
      Matcher match = NAME.matcher(name);
      try (InputStream in = url.openStream()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        if (!match.matches()
            || scripts.put(Integer.valueOf(match.group(1)), new Script(name, text)) != null) {
          throw new IllegalStateException("not V<n>__<what>.sql, or a number used twice: " + url);
        }
      }
    }
  }

  private static Enumeration<URL> scripts(String folder, ClassLoader loader) throws IOException {
    if (loader instanceof BundleReference bundle) {
      Enumeration<URL> found = bundle.getBundle().findEntries(folder, "*.sql", false);
      return found == null ? Collections.emptyEnumeration() : found;
    }
    URL url = loader.getResource(folder);
    if (url == null) {
      return Collections.emptyEnumeration();
    }
    try (Stream<Path> files = Files.list(Path.of(URI.create(url.toString())))) {
      java.util.List<URL> urls = new java.util.ArrayList<>();
      for (Path path : files.filter(f -> f.toString().endsWith(".sql")).toList()) {
        urls.add(path.toUri().toURL());
      }
      return Collections.enumeration(urls);
    }
  }

  /**
   * Runs what was not run yet.
   *
   * @param fresh whether the database is new; one that is not must know its history
   * @param onTrial whether this version of the node is only tried: then the schema of a database
   *     that is there stays as it is until the next start, because the version before may go on
   * @throws KibanException if a script fails, was changed, the schema is newer than the scripts, or
   *     the history is gone
   * @throws SQLException if the history cannot be read or written
   */
  void run(Connection connection, boolean fresh, boolean onTrial) throws SQLException {
    SortedMap<Integer, String> applied = fresh ? create(connection) : applied(connection);
    check(applied);
    if (onTrial && !fresh) {
      return;
    }
    for (Map.Entry<Integer, Script> script : scripts.entrySet()) {
      if (!applied.containsKey(script.getKey())) {
        apply(connection, script.getKey(), script.getValue());
      }
    }
  }

  private static SortedMap<Integer, String> create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(HISTORY);
    }
    return applied(connection);
  }

  private static SortedMap<Integer, String> applied(Connection connection) throws SQLException {
    SortedMap<Integer, String> applied = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT version, sha256 FROM schema_history")) {
      while (rows.next()) {
        applied.put(rows.getInt(1), rows.getString(2));
      }
    }
    return applied;
  }

  private void check(SortedMap<Integer, String> applied) {
    int newest = scripts.isEmpty() ? 0 : scripts.lastKey();
    for (Map.Entry<Integer, String> row : applied.entrySet()) {
      Script script = scripts.get(row.getKey());
      if (script == null) {
        throw new KibanException(
            Outcome.REFUSED, StorageMessage.TOO_NEW, file, row.getKey(), newest);
      }
      if (!script.sha256().equals(row.getValue())) {
        throw new KibanException(
            Outcome.REFUSED, StorageMessage.SCRIPT_CHANGED, file, script.name());
      }
    }
  }

  private void apply(Connection connection, int version, Script script) {
    try (Statement statement = connection.createStatement();
        PreparedStatement row =
            connection.prepareStatement(
                "INSERT INTO schema_history (version, script, sha256) VALUES (?, ?, ?)")) {
      statement.execute(script.text());
      row.setInt(1, version);
      row.setString(2, script.name());
      row.setString(3, script.sha256());
      row.executeUpdate();
    } catch (SQLException e) {
      throw new KibanException(
          Scrubber.scrub(e),
          Outcome.FAILED,
          StorageMessage.MIGRATION_FAILED,
          file,
          script.name(),
          Scrubber.text(e));
    }
  }
}
